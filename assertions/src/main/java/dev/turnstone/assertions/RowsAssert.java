package dev.turnstone.assertions;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.snapshot.TableContent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Assertions about the rows of a table. The order of rows never counts; how often one is there does. */
public final class RowsAssert extends PartAssert<RowsAssert, DataSource> {

    /** Above this many rows, differences are counted and not shown. */
    private static final long MOST_TO_SHOW = 100_000;

    private static final TableRows NONE = new TableRows(0, "");

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
        long found = inShort(actual).count();
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
        return same(wanted, printed(TableContent.of(actual, table), columns));
    }

    /**
     * Verifies that the table has the same rows as the table of that name in another database of the same dialect.
     *
     * <p>Both are compared by their hashes first, so that large tables never leave the database where it can hash; only
     * where these differ are rows read.
     */
    public RowsAssert areTheSameAsIn(DataSource other) {
        TableRows found = inShort(actual);
        TableRows expected = inShort(other);
        if (found.equals(expected)) {
            return this;
        }
        if (Math.max(found.count(), expected.count()) > MOST_TO_SHOW) {
            return fail("The rows of table " + table + " on " + database() + " are others than expected:\n  expected: "
                    + expected.count() + " rows, hash " + expected.digest() + "\n  but was:  " + found.count()
                    + " rows, hash " + found.digest() + "\nWith more than " + MOST_TO_SHOW
                    + " rows the difference is not shown.");
        }
        return same(
                printed(TableContent.of(other, table), List.of()), printed(TableContent.of(actual, table), List.of()));
    }

    private TableRows inShort(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            Dialect dialect = Dialect.of(connection);
            return Objects.requireNonNullElse(
                    dialect.readRows(connection, dialect.currentScope(connection))
                            .get(ObjectId.of(ObjectKind.ROW, table)),
                    NONE);
        } catch (SQLException e) {
            throw new DatabaseException("read the rows of table " + table, e);
        }
    }

    private RowsAssert same(List<String> expected, List<String> found) {
        List<String> missing = new ArrayList<>(expected);
        List<String> unexpected = new ArrayList<>();
        Map<String, Long> open = expected.stream().collect(Collectors.groupingBy(row -> row, Collectors.counting()));
        for (String row : found) {
            long left = open.getOrDefault(row, 0L);
            if (left > 0) {
                open.put(row, left - 1);
                missing.remove(row);
            } else {
                unexpected.add(row);
            }
        }
        if (missing.isEmpty() && unexpected.isEmpty()) {
            return this;
        }
        List<String> lines = Stream.concat(
                        missing.stream().map(row -> Wording.cut("- " + row)),
                        unexpected.stream().map(row -> Wording.cut("+ " + row)))
                .toList();
        return fail("The rows of table " + table + " on " + database() + " are others than expected; expected "
                + expected.size() + ", found " + found.size() + ":\n" + Wording.lines(lines)
                + "\n(- missing, + unexpected)");
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
