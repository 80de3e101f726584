package dev.turnstone.dialect.postgresql.lock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.StringJoiner;

/** Describes the sessions that hold a lock. It leaves out what the server does not show to the session's role. */
public final class LockHolders {

    private static final String SESSIONS = """
            SELECT DISTINCT 'process ' || a.pid
                   || coalesce(' of ' || nullif(a.application_name, ''), '')
                   || coalesce(', user ' || a.usename, '')
                   || coalesce(', since ' || to_char(
                        coalesce(a.xact_start, a.state_change, a.backend_start), 'YYYY-MM-DD HH24:MI:SS TZ'), '')
              FROM pg_catalog.pg_locks l
              JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
             WHERE l.granted AND l.pid <> pg_catalog.pg_backend_pid()
               AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
               AND\s""";

    private LockHolders() {}

    /** Returns the sessions that hold an advisory lock with a key of 64 bits. */
    static String ofAdvisoryLock(Connection connection, long key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(SESSIONS + "l.locktype = 'advisory' AND l.objsubid = 1"
                        + " AND (l.classid::bigint << 32 | l.objid::bigint) = ?")) {
            statement.setLong(1, key);
            return joined(statement);
        }
    }

    /** Returns the sessions that hold a lock on a table for which readers or writers must wait. */
    public static String ofTable(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SESSIONS + """
                l.locktype = 'relation' AND l.mode <> 'AccessShareLock'
                AND l.relation = (SELECT c.oid FROM pg_catalog.pg_class c
                                    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                   WHERE n.nspname = ? AND c.relname = ?)""")) {
            statement.setString(1, schema);
            statement.setString(2, table);
            return joined(statement);
        }
    }

    private static String joined(PreparedStatement statement) throws SQLException {
        StringJoiner sessions = new StringJoiner("; ");
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                sessions.add(rows.getString(1));
            }
        }
        return sessions.toString();
    }
}
