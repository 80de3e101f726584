package dev.turnstone.scenario.cursor;

import dev.turnstone.database.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads which sessions of a PostgreSQL server wait for which others, from {@code pg_blocking_pids} and
 * {@code pg_stat_activity}.
 */
public final class LockWaits {

    private static final int SHOWN = 300;

    /**
     * Reads active sessions only. A session that waits for a start lock is not blocked in the server, because it
     * repeats its request.
     */
    private static final String SESSIONS = """
            SELECT a.pid, left(a.query, %d), a.wait_event_type, a.wait_event,
                   b.pid, b.state, left(b.query, %d),
                   (SELECT string_agg(DISTINCT l.mode || coalesce(' on ' || c.relname, ''), ', ')
                      FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation
                     WHERE l.pid = a.pid AND NOT l.granted)
              FROM pg_stat_activity a
              LEFT JOIN LATERAL unnest(pg_blocking_pids(a.pid)) AS blocking (pid) ON true
              LEFT JOIN pg_stat_activity b ON b.pid = blocking.pid
             WHERE a.datname = current_database()
               AND a.application_name = current_setting('application_name')
               AND a.pid <> pg_backend_pid()
               AND a.state = 'active'
             ORDER BY a.query_start
            """.formatted(SHOWN, SHOWN);

    private LockWaits() {}

    /**
     * Returns what the sessions on a database run and wait for.
     *
     * @param database its connections have an application name that no other connection uses
     * @return one line for each active session and each session that blocks it, or one line with the error if the
     *     sessions cannot be read; empty if the dialect does not report sessions, such as SQLite
     */
    public static List<String> on(TestDatabase database) {
        if (!database.dialect().observesSessions()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet sessions = statement.executeQuery(SESSIONS)) {
            while (sessions.next()) {
                lines.add(line(sessions));
            }
        } catch (SQLException e) {
            lines.add("(what it waits for could not be asked: " + e.getMessage() + ")");
        }
        return lines;
    }

    private static String line(ResultSet session) throws SQLException {
        StringBuilder line = new StringBuilder("session ")
                .append(session.getInt(1))
                .append(" runs ")
                .append(quoted(session, 2));
        int blocking = session.getInt(5);
        if (!session.wasNull()) {
            String wanted = session.getString(8);
            line.append(" and waits for ")
                    .append(wanted == null ? "a lock" : wanted)
                    .append(", which session ")
                    .append(blocking)
                    .append(" holds; that one is ")
                    .append(session.getString(6))
                    .append(", last with ")
                    .append(quoted(session, 7));
        } else if (session.getString(3) != null) {
            line.append(" and waits for ")
                    .append(session.getString(3))
                    .append(' ')
                    .append(session.getString(4));
        } else {
            line.append(" and computes");
        }
        return line.toString();
    }

    private static String quoted(ResultSet session, int column) throws SQLException {
        String sql = session.getString(column);
        return "'" + (sql == null ? "" : sql.strip().replaceAll("\\s+", " ")) + "'";
    }
}
