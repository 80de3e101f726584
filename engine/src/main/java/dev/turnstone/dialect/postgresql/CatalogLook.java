package dev.turnstone.dialect.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One question to the server, asked under settings that make its answer canonical.
 *
 * <p>The settings are local to a transaction. Outside of one, what is sent together is a transaction of its own; within
 * one, a savepoint is taken and rolled back to, which puts the settings back and gives up the locks.
 */
final class CatalogLook {

    private static final String SAVEPOINT = "turnstone_look";
    private static final String ACTIVE_TRANSACTION = "25001";

    private final String settings;
    private final String sessionSettings;

    /**
     * @param schema the only schema whose names are spelled without it; temporary tables do not hide them; empty for
     *     none
     */
    CatalogLook(String schema) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                "search_path", schema.isEmpty() ? "pg_catalog" : PostgresDialect.INSTANCE.quote(schema) + ", pg_temp");
        // How constants are spelled.
        values.put("datestyle", "ISO, MDY");
        values.put("intervalstyle", "postgres");
        values.put("timezone", "UTC");
        values.put("extra_float_digits", "1");
        values.put("bytea_output", "hex");
        values.put("xmlbinary", "base64");
        values.put("quote_all_identifiers", "off");
        values.put("standard_conforming_strings", "on");
        // Filtered rows would look like missing ones: an error instead.
        values.put("row_security", "off");
        // Spelling a view locks what it reads. Waiting longer than the server's deadlock_timeout would end in a
        // deadlock
        // with a session that changes several objects, and that session could be the one that is cancelled.
        values.put("lock_timeout", "200ms");
        // Compiling the query takes longer than running it.
        values.put("jit", "off");
        values.put("max_parallel_workers_per_gather", "0");
        // Nor is it worth looking for a better order of joins than the one that is written.
        values.put("join_collapse_limit", "1");
        values.put("enable_mergejoin", "off");
        // A session that asks for single objects has others: see KeptQuestions.
        values.put("enable_hashjoin", "on");
        values.put("enable_seqscan", "on");
        settings = settings(values, true);
        sessionSettings = settings(values, false);
    }

    private static String settings(Map<String, String> values, boolean local) {
        return values.entrySet().stream()
                .map(e -> "set_config('" + e.getKey() + "', " + PostgresSpelling.literal(e.getValue()) + ", " + local
                        + ")")
                .collect(Collectors.joining(", ", "SELECT ", ""));
    }

    /** Makes the settings those of the session, for one that asks nothing else. */
    void settle(Connection connection) throws SQLException {
        execute(connection, sessionSettings);
    }

    /** Takes the answer from the rows of the question. */
    interface Answer<T> {
        T from(ResultSet rows) throws SQLException;
    }

    <T> T ask(Connection connection, String question, Answer<T> answer) throws SQLException {
        if (inTransaction(connection)) {
            return askWithinTransaction(connection, question, answer);
        }
        try {
            return run(connection, settings + ";\n" + question, 1, answer);
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    private <T> T askWithinTransaction(Connection connection, String question, Answer<T> answer) throws SQLException {
        String undo = "ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT;
        try {
            return run(
                    connection,
                    "SAVEPOINT " + SAVEPOINT + ";\n" + settings + ";\n" + question + ";\n" + undo,
                    2,
                    answer);
        } catch (SQLException failure) {
            try {
                execute(connection, undo);
            } catch (SQLException noSavepoint) {
                failure.addSuppressed(noSavepoint);
            }
            throw failure;
        }
    }

    private static <T> T run(Connection connection, String sql, int resultsBefore, Answer<T> answer)
            throws SQLException {
        // The driver keeps the server's plan of what it prepares often: planning takes about as long as reading.
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
            for (int i = 0; i < resultsBefore; i++) {
                statement.getMoreResults();
            }
            try (ResultSet rows = statement.getResultSet()) {
                return answer.from(rows);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Whether a transaction is open, however it was begun. JDBC has no such question, but the driver knows the answer
     * and refuses to set the read-only mode within a transaction, without asking the server.
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
