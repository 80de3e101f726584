package dev.turnstone.dialect.postgresql.tracking;

import dev.turnstone.dialect.postgresql.catalog.CatalogQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Event triggers that record the changes that all sessions make to a database, for {@link WatchedSchema}.
 *
 * <p>They require a superuser and cover the whole database. Install them only on a server or in a database that
 * Turnstone has created. Schema snapshots leave them out. {@link ChangeQuery} and {@link UntrackedStatements} handle the changes
 * that fire no event trigger.
 *
 * <p>The methods are thread-safe, except that each uses its connection exclusively.
 */
public final class ChangeWatch {

    static final String SCHEMA = CatalogQuery.WATCH_SCHEMA;

    /** The advisory lock key: two sessions that install the triggers at once wait for each other. */
    private static final long LOCK = 0x7475726e73746f6eL;

    /** Errors when two sessions create the same object at the same moment. */
    private static final Set<String> THERE_ALREADY = Set.of("42710", "42P06", "42P07", "23505");

    /**
     * The trigger function runs as its owner, whichever role makes the change. It writes a row without a class if it
     * cannot determine the changed object.
     *
     * <p>An object that is dropped implicitly together with another one is left out, unless it can stand alone in a
     * schema. A CREATE or DROP that reports no object was one with IF EXISTS or IF NOT EXISTS. Every other command that
     * reports no object, such as REASSIGN OWNED or GRANT, may have changed any object.
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
     * Installs the triggers in the connection's database, if they are not installed yet.
     *
     * @param connection a superuser's connection, in autocommit mode, to a database that Turnstone has created
     * @throws SQLException if the server refuses; the installation is then rolled back
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

    /**
     * Removes the triggers and their schema.
     *
     * @param connection a superuser's connection, in autocommit mode
     * @throws SQLException if the server refuses
     */
    public static void remove(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP EVENT TRIGGER IF EXISTS " + SCHEMA + "_made, " + SCHEMA
                    + "_dropped;".replace(", " + SCHEMA, "; DROP EVENT TRIGGER IF EXISTS " + SCHEMA));
            statement.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        }
    }

    /** Returns whether the triggers are installed in the connection's database, and the role may read their records. */
    public static boolean isOn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet watched = statement.executeQuery("SELECT count(*) = 2 FROM pg_event_trigger"
                        + " WHERE evtname IN ('" + SCHEMA + "_made', '" + SCHEMA + "_dropped') AND evtenabled = 'A'"
                        + " AND current_setting('is_superuser') = 'on'")) {
            return watched.next() && watched.getBoolean(1);
        }
    }
}
