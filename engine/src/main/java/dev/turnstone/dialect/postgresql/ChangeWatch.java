package dev.turnstone.dialect.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Event triggers that write down what the statements of all sessions change in a database, for {@link WatchedSchema}.
 *
 * <p>They need a superuser and see the whole database: they are for servers, or databases on such, that are ours alone.
 * Snapshots do not show them. What no event trigger is told of is in {@link ChangeQuery} and in {@link Unwatched}.
 */
public final class ChangeWatch {

    static final String SCHEMA = "turnstone_watch";

    /** A number of our own: two sessions that begin to watch at once wait for each other. */
    private static final long LOCK = 0x7475726e73746f6eL;

    /** Made by two sessions at the same moment. */
    private static final Set<String> THERE_ALREADY = Set.of("42710", "42P06", "42P07", "23505");

    /**
     * The function runs as its owner, whoever changes something, and writes a row without a class where it cannot tell.
     *
     * <p>Of what is dropped, what goes by itself with something else is left out, unless it stands alone in a schema. A
     * CREATE or DROP that tells nothing was one of IF EXISTS or IF NOT EXISTS; anything else that tells nothing, such as
     * REASSIGN OWNED, or of which no object is told, such as GRANT, can have changed anything.
     */
    private static final String INSTALL = """
            SELECT pg_advisory_xact_lock(%2$d);
            CREATE SCHEMA %1$s;
            CREATE UNLOGGED TABLE %1$s.change (
              xid xid8 NOT NULL DEFAULT pg_current_xact_id(), classid oid, objid oid, schema text, names text[]);
            CREATE INDEX ON %1$s.change (xid);
            CREATE FUNCTION %1$s.note() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
                SET search_path = pg_catalog, pg_temp AS $note$
            BEGIN
              IF tg_event = 'sql_drop' THEN
                INSERT INTO %1$s.change (classid, objid, schema, names)
                SELECT classid, objid, coalesce(schema_name, address_names[1]), address_names
                  FROM pg_event_trigger_dropped_objects()
                 WHERE NOT is_temporary AND schema_name IS DISTINCT FROM 'pg_toast'
                   AND (original OR normal OR object_type NOT IN (
                        'type', 'index', 'table constraint', 'default value', 'trigger', 'table column', 'rule', 'policy'));
              ELSE
                INSERT INTO %1$s.change (classid, objid, schema)
                SELECT classid, objid, schema_name FROM pg_event_trigger_ddl_commands();
                IF tg_tag = 'SECURITY LABEL' OR NOT FOUND AND (tg_tag = 'DROP OWNED' OR tg_tag !~ '^(CREATE|DROP) ') THEN
                  INSERT INTO %1$s.change DEFAULT VALUES;
                END IF;
              END IF;
            EXCEPTION WHEN OTHERS THEN
              INSERT INTO %1$s.change DEFAULT VALUES;
            END $note$;
            CREATE EVENT TRIGGER %1$s_made ON ddl_command_end EXECUTE FUNCTION %1$s.note();
            CREATE EVENT TRIGGER %1$s_dropped ON sql_drop EXECUTE FUNCTION %1$s.note();
            ALTER EVENT TRIGGER %1$s_made ENABLE ALWAYS;
            ALTER EVENT TRIGGER %1$s_dropped ENABLE ALWAYS
            """.formatted(SCHEMA, LOCK);

    private ChangeWatch() {}

    /**
     * Begins to watch the connection's database, where that is not done yet.
     *
     * @param connection a superuser's, in autocommit mode, to a database that is ours alone
     */
    public static void install(Connection connection) throws SQLException {
        if (isOn(connection)) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(INSTALL);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (!THERE_ALREADY.contains(e.getSQLState())) {
                throw e;
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Stops watching, and removes what it took. */
    public static void remove(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP EVENT TRIGGER IF EXISTS " + SCHEMA + "_made, " + SCHEMA
                    + "_dropped;".replace(", " + SCHEMA, "; DROP EVENT TRIGGER IF EXISTS " + SCHEMA));
            statement.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        }
    }

    /** Whether the connection's database is watched, and the role may read what was written down. */
    static boolean isOn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet watched = statement.executeQuery("SELECT count(*) = 2 FROM pg_event_trigger"
                        + " WHERE evtname IN ('" + SCHEMA + "_made', '" + SCHEMA + "_dropped') AND evtenabled = 'A'"
                        + " AND current_setting('is_superuser') = 'on'")) {
            return watched.next() && watched.getBoolean(1);
        }
    }
}
