package dev.turnstone.assertions;

import dev.turnstone.snapshot.HashedTable;
import dev.turnstone.snapshot.HashedTable.Total;
import dev.turnstone.snapshot.TableContent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Assertions about the rows of a table. The order of rows never counts; how often one is there does. */
public final class RowsAssert extends PartAssert<RowsAssert, DataSource> {

    /** How many rows of a table are read at most; of a larger table those of some parts. */
    private static final long MOST_TO_READ = 20_000;

    private final String table;

    /**
     * An expected row.
     *
     * @param values by column
     */
    public record Row(Map<String, @Nullable Object> values) {

        public Row {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    RowsAssert(DataSource actual, String table, Context context) {
        super(actual, RowsAssert.class, context);
        this.table = table;
    }

    /**
     * One expected row.
     *
     * @param columnsAndValues names and values in turn; a value counts as the text that the database prints for it
     * @throws IllegalArgumentException when a name has no value
     */
    public static Row row(@Nullable Object... columnsAndValues) {
        if (columnsAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("A row is names and values in turn; the last name has no value.");
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            row.put(String.valueOf(columnsAndValues[i]), columnsAndValues[i + 1]);
        }
        return new Row(row);
    }

    /** Verifies how many rows the table has; they are counted in one pass. */
    public RowsAssert hasCount(long expected) {
        long found = new HashedTable(actual, table).count();
        return found == expected ? this : failOn("The number of rows of table " + table, expected, found);
    }

    /**
     * Verifies that the table has these rows and no others, in any order. Columns that the expected rows do not name are
     * not compared.
     */
    public RowsAssert areExactly(Row... expected) {
        List<String> columns = Stream.of(expected)
                .flatMap(row -> row.values().keySet().stream())
                .distinct()
                .toList();
        List<String> wanted = new ArrayList<>();
        for (Row row : expected) {
            wanted.add(printed(row.values(), columns));
        }
        TableContent content = TableContent.of(actual, table);
        if (!content.rows().isEmpty()) {
            List<String> there = List.copyOf(content.rows().get(0).keySet());
            List<String> nowhere =
                    columns.stream().filter(column -> !there.contains(column)).toList();
            if (!nowhere.isEmpty()) {
                return fail("Rows of table " + table + " on " + database() + " have no column " + Wording.names(nowhere)
                        + ".\n  there: " + Wording.names(there));
            }
        }
        return same(wanted, printed(content, columns));
    }

    /**
     * Verifies that the table has the same rows as the table of that name in another database of the same dialect.
     *
     * <p>Both are compared by their hashes, so that large tables never leave the database where it can hash; only where
     * these differ are rows read, and of large tables only those of parts with other hashes.
     */
    public RowsAssert areTheSameAsIn(DataSource other) {
        HashedTable found = new HashedTable(actual, table);
        HashedTable expected = new HashedTable(other, table);
        Total foundTotal = found.total();
        Total expectedTotal = expected.total();
        if (foundTotal.equals(expectedTotal)) {
            return this;
        }
        if (Math.max(foundTotal.count(), expectedTotal.count()) <= MOST_TO_READ) {
            return same(
                    expectedTotal.count(),
                    printed(TableContent.of(other, table), List.of()),
                    foundTotal.count(),
                    printed(TableContent.of(actual, table), List.of()),
                    "");
        }
        DifferingParts parts = DifferingParts.of(expected.parts(), found.parts(), MOST_TO_READ);
        if (parts.toRead().isEmpty()) {
            return fail("The rows of table " + table + " on " + database() + " are others than expected; expected "
                    + expectedTotal.count() + ", found " + foundTotal.count()
                    + ".\nThey are not shown, because more than " + MOST_TO_READ
                    + " rows have the hash of one that differs.");
        }
        return same(
                expectedTotal.count(),
                printed(expected.content(parts.toRead()), List.of()),
                foundTotal.count(),
                printed(found.content(parts.toRead()), List.of()),
                parts.toRead().size() == parts.count()
                        ? ""
                        : "\n(read were " + parts.toRead().size() + " of " + parts.count()
                                + " parts of the table that differ)");
    }

    private RowsAssert same(List<String> expected, List<String> found) {
        return same(expected.size(), expected, found.size(), found, "");
    }

    /**
     * @param allExpected how many rows were expected, those included that both have and that were not read
     * @param allFound how many rows there are, those included
     * @param note what else to say
     */
    private RowsAssert same(long allExpected, List<String> expected, long allFound, List<String> found, String note) {
        Map<String, Long> open = expected.stream().collect(Collectors.groupingBy(row -> row, Collectors.counting()));
        List<String> unexpected =
                found.stream().filter(row -> !taken(open, row)).toList();
        List<String> missing = expected.stream().filter(row -> taken(open, row)).toList();
        if (missing.isEmpty() && unexpected.isEmpty()) {
            return this;
        }
        List<String> lines = Stream.concat(
                        missing.stream().map(row -> Wording.cut("- " + row)),
                        unexpected.stream().map(row -> Wording.cut("+ " + row)))
                .toList();
        return fail("The rows of table " + table + " on " + database() + " are others than expected; expected "
                + allExpected + ", found " + allFound + ":\n" + Wording.lines(lines)
                + "\n(- missing, + unexpected)" + note);
    }

    /** Takes one of as many as there are. */
    private static boolean taken(Map<String, Long> open, String row) {
        long left = open.getOrDefault(row, 0L);
        if (left > 0) {
            open.put(row, left - 1);
        }
        return left > 0;
    }

    private static List<String> printed(TableContent content, List<String> columns) {
        return content.rows().stream()
                .map(row -> printed(row, columns.isEmpty() ? List.copyOf(row.keySet()) : columns))
                .toList();
    }

    private static String printed(Map<String, ? extends @Nullable Object> row, List<String> columns) {
        return columns.stream()
                .map(column -> column + "=" + (row.get(column) == null ? "NULL" : "'" + row.get(column) + "'"))
                .collect(Collectors.joining(", "));
    }
}
