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

/** Assertions about the rows of a table. The order of rows is ignored; duplicate rows are counted. */
public final class RowsAssert extends PartAssert<RowsAssert, DataSource> {

    /** The maximum number of rows that are read of a table. Of a larger table, only some parts are read. */
    private static final long MAX_ROWS_TO_READ = 20_000;

    private final String table;

    /**
     * An expected row.
     *
     * @param values the values by column
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
     * Returns an expected row.
     *
     * @param columnsAndValues alternating names and values; a value is compared as the text that the database
     *     prints for it
     * @throws IllegalArgumentException if the last name has no value
     */
    public static Row row(@Nullable Object... columnsAndValues) {
        if (columnsAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "A row consists of alternating names and values; the last name has no value.");
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            row.put(String.valueOf(columnsAndValues[i]), columnsAndValues[i + 1]);
        }
        return new Row(row);
    }

    /** Verifies the number of rows, which are counted with one query. */
    public RowsAssert hasCount(long expected) {
        long found = new HashedTable(actual, table).count();
        return found == expected ? this : failOn("The number of rows of table " + table, expected, found);
    }

    /**
     * Verifies that the table contains exactly these rows, in any order. Columns that the expected rows do not name are
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
            List<String> existing = List.copyOf(content.rows().get(0).keySet());
            List<String> unknown = columns.stream()
                    .filter(column -> !existing.contains(column))
                    .toList();
            if (!unknown.isEmpty()) {
                return fail("Rows of table " + table + " on " + database() + " have no column "
                        + FailureText.names(unknown) + ".\n  existing: " + FailureText.names(existing));
            }
        }
        return same(wanted, printed(content, columns));
    }

    /**
     * Verifies that the table contains the same rows as the table with the same name in another database of the same
     * dialect.
     *
     * <p>The digests of both tables are compared first, so that the rows of large tables stay in a database that can
     * hash them. Rows are read only if the digests differ, and of large tables only the parts with different digests.
     */
    public RowsAssert areTheSameAsIn(DataSource other) {
        HashedTable found = new HashedTable(actual, table);
        HashedTable expected = new HashedTable(other, table);
        Total foundTotal = found.total();
        Total expectedTotal = expected.total();
        if (foundTotal.equals(expectedTotal)) {
            return this;
        }
        if (Math.max(foundTotal.count(), expectedTotal.count()) <= MAX_ROWS_TO_READ) {
            return same(
                    expectedTotal.count(),
                    printed(TableContent.of(other, table), List.of()),
                    foundTotal.count(),
                    printed(TableContent.of(actual, table), List.of()),
                    "");
        }
        DifferingParts parts = DifferingParts.of(expected.parts(), found.parts(), MAX_ROWS_TO_READ);
        if (parts.toRead().isEmpty()) {
            return fail("The rows of table " + table + " on " + database() + " differ from the expected ones; expected "
                    + expectedTotal.count() + ", found " + foundTotal.count()
                    + ".\nThey are not listed, because the first differing part of the table has more than "
                    + MAX_ROWS_TO_READ + " rows.");
        }
        return same(
                expectedTotal.count(),
                printed(expected.content(parts.toRead()), List.of()),
                foundTotal.count(),
                printed(found.content(parts.toRead()), List.of()),
                parts.toRead().size() == parts.count()
                        ? ""
                        : "\n(" + parts.toRead().size() + " of the " + parts.count()
                                + " differing parts of the table were read)");
    }

    private RowsAssert same(List<String> expected, List<String> found) {
        return same(expected.size(), expected, found.size(), found, "");
    }

    /**
     * @param allExpected the number of expected rows, including equal rows that were not read
     * @param allFound the number of actual rows, including equal rows that were not read
     * @param note an additional note
     */
    private RowsAssert same(long allExpected, List<String> expected, long allFound, List<String> found, String note) {
        Map<String, Long> remaining =
                expected.stream().collect(Collectors.groupingBy(row -> row, Collectors.counting()));
        List<String> unexpected =
                found.stream().filter(row -> !remove(remaining, row)).toList();
        List<String> missing =
                expected.stream().filter(row -> remove(remaining, row)).toList();
        if (missing.isEmpty() && unexpected.isEmpty()) {
            return this;
        }
        List<String> lines = Stream.concat(
                        missing.stream().map(row -> FailureText.cut("- " + row)),
                        unexpected.stream().map(row -> FailureText.cut("+ " + row)))
                .toList();
        return fail("The rows of table " + table + " on " + database() + " differ from the expected ones; expected "
                + allExpected + ", found " + allFound + ":\n" + FailureText.lines(lines)
                + "\n(- missing, + unexpected)" + note);
    }

    /** Removes one occurrence of a row, and returns whether there was one. */
    private static boolean remove(Map<String, Long> remaining, String row) {
        long left = remaining.getOrDefault(row, 0L);
        if (left > 0) {
            remaining.put(row, left - 1);
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
