package dev.turnstone.rows;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table from a CSV file (RFC 4180). The first line contains the column names. As in PostgreSQL's {@code
 * COPY … (FORMAT csv)}, an omitted value is NULL, and {@code ""} is an empty text. Immutable.
 *
 * @param columns the names of the columns
 * @param lines the rows, each with one value for each column
 */
public record CsvRows(List<String> columns, List<Line> lines) {

    public CsvRows {
        columns = List.copyOf(columns);
        lines = List.copyOf(lines);
    }

    /**
     * One row.
     *
     * @param number the line of the file where the row begins, counted from 1
     * @param values the values; null for NULL
     */
    public record Line(int number, List<@Nullable String> values) {}

    /**
     * A row that the database refuses.
     *
     * @param row its number, counted from 1 without the header line
     * @param line the line of the file where it begins, counted from 1
     * @param values the values, for a person
     * @param constraint the violated constraint, such as {@code not null email}
     * @param words the message of the database
     */
    public record Refusal(int row, int line, String values, String constraint, String words) {}

    /**
     * Parses the text of a file.
     *
     * @throws MalformedCsvException when it has no header, a row has more or fewer values than columns, or a quote is not closed
     */
    public static CsvRows parse(String text) {
        return new CsvReader(text).read();
    }

    /**
     * Inserts the rows in the connection's transaction, and stops at the first one that is refused.
     *
     * @param connection a connection that is not in autocommit mode
     * @param scope the schema whose tables are unqualified in the model
     * @param schema the whole schema
     * @param table a table of the schema, which has the columns
     * @return the refused row; null if all rows were inserted
     * @throws SQLException when the connection fails
     */
    public @Nullable Refusal insertInto(Connection connection, Dialect dialect, Scope scope, Schema schema, Table table)
            throws SQLException {
        List<String> always = table.columns().stream()
                .filter(column -> "always".equals(column.identity()))
                .map(Column::name)
                .toList();
        String target = new References(connection, dialect, schema, scope.schema()).quoted(table);
        try (Insertion insertion = new Insertion(connection, dialect, target, always)) {
            for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                Row row = new Row();
                for (int c = 0; c < columns.size(); c++) {
                    row.put(columns.get(c), line.values().get(c));
                }
                SQLException refusal = insertion.insert(row);
                if (refusal != null) {
                    Violation violation = Violation.of(refusal, table);
                    return new Refusal(i + 1, line.number(), words(line), violation.title(), violation.words());
                }
            }
        }
        return null;
    }

    private String words(Line line) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + "="
                        + Objects.requireNonNullElse(line.values().get(i), "NULL"))
                .collect(Collectors.joining(", "));
    }
}
