package dev.turnstone.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a server given by URL, and of the database that the URL names, without objects that carry Turnstone's marker.
 *
 * <p>Read before a run's first test database and after its last. Concurrent runs do not affect each other.
 *
 * @param server roles, memberships, settings, parameters, databases, tablespaces and the like, in readable form
 * @param objects objects of the named database, and digests of passwords, which are not shown
 * @param rows how many rows each table of the named database has had inserted, updated and deleted; empty if not read
 */
record ServerFingerprint(Fingerprint server, Fingerprint objects, Fingerprint rows) {

    private static final String SERVER = Fingerprint.query("server.sql");
    private static final String FILES = """
            SELECT 'entry', name || ' of ' || sourcefile, string_agg(setting, ', ' ORDER BY seqno)
              FROM pg_file_settings GROUP BY name, sourcefile""";
    private static final String MAY_READ_FILES = """
            SELECT (has_table_privilege('pg_file_settings', 'SELECT')
                    AND has_function_privilege('pg_show_all_file_settings()', 'EXECUTE'))::int""";
    private static final String PARAMETER_RIGHTS =
            "SELECT 'privileges on parameter', parname, paracl::text FROM pg_parameter_acl";
    private static final String PASSWORDS = """
            SELECT 'password of role', rolname, md5(rolpassword) FROM pg_authid
             WHERE coalesce(shobj_description(oid, 'pg_authid'), '') NOT LIKE 'turnstone % role; %'""";
    private static final String MAY_READ_PASSWORDS =
            "SELECT has_column_privilege('pg_authid', 'rolpassword', 'SELECT')::int";
    private static final String ROWS = """
            SELECT 'table', schemaname || '.' || s.relname, concat_ws(' ', n_tup_ins, n_tup_upd, n_tup_del)
              FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
             WHERE coalesce(obj_description(c.relnamespace, 'pg_namespace'), '') NOT LIKE 'turnstone % schema; %'""";
    private static final int HAS_PARAMETER_RIGHTS = 150000;

    /**
     * Reads the server.
     *
     * @param connection a connection to the database that the URL names
     * @param withRows whether to read the counters of rows, too
     */
    static ServerFingerprint read(Connection connection, int version, boolean withRows) throws SQLException {
        String server = SERVER;
        if (PostgresServer.text(connection, MAY_READ_FILES).equals("1")) {
            server += "\nUNION ALL\n" + FILES;
        }
        if (version >= HAS_PARAMETER_RIGHTS) {
            server += "\nUNION ALL\n" + PARAMETER_RIGHTS;
        }
        String objects = UnrelatedObjects.QUERY;
        if (PostgresServer.text(connection, MAY_READ_PASSWORDS).equals("1")) {
            objects += "\nUNION ALL\n" + PASSWORDS;
        }
        return new ServerFingerprint(
                Fingerprint.read(connection, server),
                UnrelatedObjects.withoutMoment(Fingerprint.read(connection, objects)),
                withRows ? Fingerprint.read(connection, ROWS) : new Fingerprint(Map.of()));
    }

    /** Returns what was created, changed or dropped since, one line or block for each object. */
    List<String> changesTo(ServerFingerprint later) {
        List<String> changes = new ArrayList<>(server.changesWithStates(later.server));
        changes.addAll(objects.changesTo(later.objects));
        return changes;
    }

    /** Returns a note on the tables whose rows changed, without tables that were created or dropped: {@link #changesTo} has them. */
    Optional<String> noteOnRows(ServerFingerprint later) {
        List<String> tables = rows.states().entrySet().stream()
                .filter(table ->
                        !table.getValue().equals(later.rows.states().getOrDefault(table.getKey(), table.getValue())))
                .map(table -> table.getKey().substring("table ".length()))
                .sorted()
                .toList();
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of("Rows of " + String.join(", ", tables)
                        + " changed during the run, by this run or by another session.");
    }
}
