package dev.turnstone.rows;

import dev.turnstone.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Inserts rows into one table in the connection's transaction. A refused row does not affect the transaction. Not
 * thread-safe.
 */
final class Insertion implements AutoCloseable {

    private static final String SAVEPOINT = "turnstone_row";

    private final Connection connection;
    private final Dialect dialect;
    private final String target;
    private final Collection<String> alwaysIdentity;
    private final Map<List<String>, PreparedStatement> prepared = new HashMap<>();
    private boolean guarded;

    /**
     * Prepares the insertion into one table.
     *
     * @param target its name, quoted and with its schema
     * @param alwaysIdentity the columns that are GENERATED ALWAYS AS IDENTITY, and need OVERRIDING SYSTEM VALUE
     */
    Insertion(Connection connection, Dialect dialect, String target, Collection<String> alwaysIdentity) {
        this.connection = connection;
        this.dialect = dialect;
        this.target = target;
        this.alwaysIdentity = alwaysIdentity;
    }

    /** Inserts one row; returns why the database refused it, or null. */
    @Nullable
    SQLException insert(Row row) throws SQLException {
        List<String> columns = List.copyOf(row.columns());
        guard();
        try {
            PreparedStatement statement = prepared.get(columns);
            if (statement == null) {
                statement = connection.prepareStatement(sql(columns, 1));
                prepared.put(columns, statement);
            }
            bind(statement, row, columns, 1);
            statement.executeUpdate();
            if (guarded) {
                execute("RELEASE SAVEPOINT " + SAVEPOINT + "; SAVEPOINT " + SAVEPOINT);
            }
            return null;
        } catch (SQLException refusal) {
            back(refusal);
            return refusal;
        }
    }

    /** Inserts all rows in one statement, on PostgreSQL; returns whether the database accepted all of them. */
    boolean insertTogether(List<Row> rows) throws SQLException {
        List<String> columns =
                rows.stream().flatMap(row -> row.columns().stream()).distinct().toList();
        if (!dialect.hasDefaultInValues() || columns.isEmpty()) {
            return false;
        }
        guard();
        String sql = "INSERT INTO " + target + " (" + names(columns) + ")" + overriding(columns) + " VALUES "
                + rows.stream()
                        .map(row -> columns.stream()
                                .map(column -> row.gives(column) ? "?" : "DEFAULT")
                                .collect(Collectors.joining(", ", "(", ")")))
                        .collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (Row row : rows) {
                parameter =
                        bind(statement, row, columns.stream().filter(row::gives).toList(), parameter);
            }
            statement.executeUpdate();
            return true;
        } catch (SQLException refusal) {
            back(refusal);
            return false;
        }
    }

    private String sql(List<String> columns, int rows) {
        if (columns.isEmpty()) {
            return "INSERT INTO " + target + " DEFAULT VALUES";
        }
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        return "INSERT INTO " + target + " (" + names(columns) + ")" + overriding(columns) + " VALUES "
                + String.join(", ", Collections.nCopies(rows, "(" + marks + ")"));
    }

    private String overriding(List<String> columns) {
        return columns.stream().anyMatch(alwaysIdentity::contains) ? " OVERRIDING SYSTEM VALUE" : "";
    }

    private String names(List<String> columns) {
        return columns.stream().map(dialect::quote).collect(Collectors.joining(", "));
    }

    private int bind(PreparedStatement statement, Row row, List<String> columns, int first) throws SQLException {
        int parameter = first;
        for (String column : columns) {
            Object value = row.get(column);
            if (value == null) {
                statement.setNull(parameter, Types.NULL);
            } else if (dialect.readsParametersAsColumnType()) {
                // The server converts the text to the column's type.
                statement.setObject(parameter, value, Types.OTHER);
            } else {
                statement.setObject(parameter, value);
            }
            parameter++;
        }
        return parameter;
    }

    /** Sets a savepoint on PostgreSQL, where an error aborts the transaction; on SQLite it only ends the statement. */
    private void guard() throws SQLException {
        if (dialect.abortsTransactionOnError() && !guarded) {
            execute("SAVEPOINT " + SAVEPOINT);
            guarded = true;
        }
    }

    private void back(SQLException refusal) throws SQLException {
        if (guarded) {
            try {
                execute("ROLLBACK TO SAVEPOINT " + SAVEPOINT);
            } catch (SQLException lost) {
                lost.addSuppressed(refusal);
                throw lost;
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Releases the savepoint at the end of the transaction. */
    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        if (guarded) {
            execute("RELEASE SAVEPOINT " + SAVEPOINT);
        }
    }
}
