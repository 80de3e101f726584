package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.dialect.postgresql.render.PostgresClauses;
import dev.turnstone.dialect.postgresql.render.PostgresIdentifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs one query under settings that make the server's output canonical.
 *
 * <p>The settings are local to a transaction. Outside a transaction, the server runs all statements of one message in a
 * transaction of their own. Within a transaction, the query runs after a savepoint. Rolling back to the savepoint
 * restores the settings and releases the locks.
 */
public final class CatalogQueryRunner {

    private static final String SAVEPOINT = "turnstone_read";
    private static final String ACTIVE_TRANSACTION = "25001";

    private final String settings;
    private final String sessionSettings;

    /**
     * Creates a runner for the settings of a schema.
     *
     * @param schema the only schema whose names the server writes without a qualifier; temporary tables do not hide its
     *     objects; empty for none
     */
    public CatalogQueryRunner(String schema) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("search_path", schema.isEmpty() ? "pg_catalog" : PostgresIdentifier.quoted(schema) + ", pg_temp");
        // The text form of constants.
        values.put("datestyle", "ISO, MDY");
        values.put("intervalstyle", "postgres");
        values.put("timezone", "UTC");
        values.put("extra_float_digits", "1");
        values.put("bytea_output", "hex");
        values.put("xmlbinary", "base64");
        values.put("quote_all_identifiers", "off");
        values.put("standard_conforming_strings", "on");
        // Rows hidden by row security would look like missing rows: the server raises an error instead.
        values.put("row_security", "off");
        // Formatting a view locks the relations that it reads. A wait longer than the server's deadlock_timeout would
        // end in a deadlock with a session that changes several objects, and the server could cancel that session.
        values.put("lock_timeout", "200ms");
        // Compiling the query takes longer than running it.
        values.put("jit", "off");
        values.put("max_parallel_workers_per_gather", "0");
        // A search for a better join order costs more than it saves.
        values.put("join_collapse_limit", "1");
        values.put("enable_mergejoin", "off");
        // A session that queries single objects uses other settings: see PreparedQueries.
        values.put("enable_hashjoin", "on");
        values.put("enable_seqscan", "on");
        settings = settings(values, true);
        sessionSettings = settings(values, false);
    }

    private static String settings(Map<String, String> values, boolean local) {
        return values.entrySet().stream()
                .map(e -> "set_config('" + e.getKey() + "', " + PostgresClauses.literal(e.getValue()) + ", " + local
                        + ")")
                .collect(Collectors.joining(", ", "SELECT ", ""));
    }

    /** Applies the settings to the whole session. Only for a connection that runs no other queries. */
    public void applyToSession(Connection connection) throws SQLException {
        execute(connection, sessionSettings);
    }

    /** Maps the rows of a query to a value. */
    public interface RowMapper<T> {
        T map(ResultSet rows) throws SQLException;
    }

    public <T> T query(Connection connection, String sql, RowMapper<T> mapper) throws SQLException {
        if (inTransaction(connection)) {
            return queryWithinTransaction(connection, sql, mapper);
        }
        try {
            return run(connection, settings + ";\n" + sql, 1, mapper);
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    private <T> T queryWithinTransaction(Connection connection, String sql, RowMapper<T> mapper) throws SQLException {
        String undo = "ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT;
        try {
            return run(connection, "SAVEPOINT " + SAVEPOINT + ";\n" + settings + ";\n" + sql + ";\n" + undo, 2, mapper);
        } catch (SQLException failure) {
            try {
                execute(connection, undo);
            } catch (SQLException noSavepoint) {
                failure.addSuppressed(noSavepoint);
            }
            throw failure;
        }
    }

    private static <T> T run(Connection connection, String sql, int resultsBefore, RowMapper<T> mapper)
            throws SQLException {
        // The driver keeps the server's plan of a statement that it prepares often. Planning takes about as long as
        // reading.
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
            for (int i = 0; i < resultsBefore; i++) {
                statement.getMoreResults();
            }
            try (ResultSet rows = statement.getResultSet()) {
                return mapper.map(rows);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Returns whether a transaction is open, whichever statement began it. JDBC has no such method, but the driver
     * knows the state and refuses to set the read-only mode within a transaction, without a round trip.
     */
    private static boolean inTransaction(Connection connection) throws SQLException {
        try {
            connection.setReadOnly(connection.isReadOnly());
            return false;
        } catch (SQLException refused) {
            if (ACTIVE_TRANSACTION.equals(refused.getSQLState())) {
                return true;
            }
            throw refused;
        }
    }
}
