package dev.turnstone.database;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run on a PostgreSQL server given by URL: its scratch database, its role for test code, and the comparison of the
 * server before and after it. Thread-safe.
 *
 * <p>Nothing is created before the first test database. Every created object carries Turnstone's marker.
 */
final class NamedServerRun {

    private static final Logger LOG = LoggerFactory.getLogger(NamedServerRun.class);
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    /** After its connection is closed, a server process needs this long to count the rows that it changed. */
    private static final long COUNTERS_DELAY_MILLIS = 200;

    private final PostgresServer server;
    private final Workspace workspace;
    private final boolean clusterChangesAllowed;
    private final Rights rights;
    private final List<String> notes = new ArrayList<>();
    private @Nullable Site site;

    /** The role of the URL and its rights. */
    private record Rights(
            String role, String database, boolean superuser, boolean createsDatabases, boolean createsRoles) {

        static Rights of(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("""
                            SELECT rolname, current_database(), rolsuper, rolsuper OR rolcreatedb,
                                   rolsuper OR rolcreaterole
                              FROM pg_roles WHERE rolname = current_user""")) {
                row.next();
                return new Rights(
                        row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4), row.getBoolean(5));
            }
        }
    }

    /**
     * The servers on which test databases are created.
     *
     * @param schemas the server with the database that schemas are in
     * @param databases the server with the role that owns databases
     * @param scratch the database of the run that schemas are in; null if they are in the database that the URL names
     * @param before the server before the first test database
     */
    private record Site(
            Boundary boundary,
            PostgresServer schemas,
            PostgresServer databases,
            @Nullable PostgresDatabase scratch,
            ServerFingerprint before) {}

    private NamedServerRun(PostgresServer server, Workspace workspace, boolean clusterChangesAllowed, Rights rights) {
        this.server = server;
        this.workspace = workspace;
        this.clusterChangesAllowed = clusterChangesAllowed;
        this.rights = rights;
    }

    /** Reads the rights of the URL's role. Creates nothing. */
    static NamedServerRun on(PostgresServer server, Workspace workspace, boolean clusterChangesAllowed)
            throws SQLException {
        try (PostgresServer.Session session = server.session()) {
            NamedServerRun run =
                    new NamedServerRun(server, workspace, clusterChangesAllowed, Rights.of(session.connection()));
            LOG.info(run.announcement());
            return run;
        }
    }

    /** Returns what separates histories from everything else on the server. */
    synchronized Boundary boundary() throws SQLException, IOException {
        return site().boundary;
    }

    /** Returns the server on which schemas are created. */
    synchronized PostgresServer schemas() throws SQLException, IOException {
        return site().schemas;
    }

    /** Returns the server on which databases are created. */
    synchronized PostgresServer databases() throws SQLException, IOException {
        return site().databases;
    }

    private Site site() throws SQLException, IOException {
        Site found = site;
        if (found == null) {
            found = create();
            site = found;
        }
        return found;
    }

    private Site create() throws SQLException, IOException {
        ServerFingerprint before = fingerprint();
        if (!rights.createsDatabases) {
            return new Site(Boundary.SCHEMA_ONLY, server, server, null, before);
        }
        if (rights.createsRoles && !clusterChangesAllowed) {
            Optional<TestRole> role = TestRole.create(server);
            if (role.isPresent()) {
                PostgresServer databases = server.withTestRole(role.get());
                PostgresDatabase scratch = null;
                try {
                    scratch = PostgresDatabase.create(databases, RandomName.next(), workspace);
                    if (letsIn(scratch, role.get().name())) {
                        return new Site(
                                Boundary.OWN_ROLE, databases.inside(scratch.name()), databases, scratch, before);
                    }
                } catch (SQLException | IOException | RuntimeException e) {
                    undo(scratch, role.get(), e);
                    throw e;
                }
                scratch.drop();
                drop(role.get());
            }
        }
        PostgresDatabase scratch = PostgresDatabase.create(server, RandomName.next(), workspace);
        return new Site(Boundary.OWN_DATABASE, server.inside(scratch.name()), server, scratch, before);
    }

    private void undo(@Nullable PostgresDatabase scratch, TestRole role, Exception cause) {
        try {
            if (scratch != null) {
                scratch.drop();
            }
            drop(role);
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Returns whether the role can log in, and the session then has the rights of that role. */
    private boolean letsIn(PostgresDatabase scratch, String role) throws SQLException {
        try (Connection connection = scratch.dataSource().getConnection()) {
            return PostgresServer.text(
                            connection,
                            "SELECT session_user || ' ' || current_user || ' ' || current_setting('is_superuser')")
                    .equals(role + " " + role + " off");
        } catch (SQLException e) {
            if (TOO_MANY_CONNECTIONS.equals(e.getSQLState())) {
                throw e;
            }
            LOG.info(
                    "Roles that Turnstone creates cannot log in on {}; test code runs as {}: {}",
                    server.title(),
                    rights.role,
                    e.getMessage());
            return false;
        }
    }

    private void drop(TestRole role) throws SQLException {
        try (PostgresServer.Session session = server.session()) {
            role.marked().drop(server, session.connection());
        }
    }

    private ServerFingerprint fingerprint() throws SQLException {
        try (PostgresServer.Session session = server.session()) {
            return ServerFingerprint.read(session.connection(), server.version(), !rights.createsDatabases);
        }
    }

    /**
     * Returns one sentence for a person: the server, the setting that names it, the database, the role, and what Turnstone
     * does there. It contains no password.
     */
    String announcement() {
        String place = server.title() + ", database " + rights.database + ", role " + rights.role
                + (rights.superuser ? " (a superuser)" : " (not a superuser)") + ": ";
        if (clusterChangesAllowed) {
            return place
                    + "test databases and schemas marked as Turnstone's are created and dropped there; the histories"
                    + " run with the rights of this role, and may change the whole server"
                    + " (turnstone.allow-cluster-changes).";
        }
        return place + "test " + (rights.createsDatabases ? "databases and schemas" : "schemas") + " marked as"
                + " Turnstone's are created and dropped there; nothing else is changed.";
    }

    /**
     * Returns the remedy after the server refused a right to a history.
     *
     * @return empty if the failure is another one, or is not caused by the rights of the role that Turnstone created
     */
    synchronized Optional<String> remedy(Throwable failure) {
        Site current = site;
        if (current == null || current.databases.testRole() == null || !isRefusal(failure)) {
            return Optional.empty();
        }
        return Optional.of(
                "The history runs as role " + current.databases.testRole().name()
                        + ", which Turnstone created with rights on its test databases only; the server's message"
                        + " names the refused right. If you own this server, run the history as " + rights.role
                        + (rights.superuser ? "" : " (not a superuser)")
                        + " with --allow-cluster-changes (setting turnstone.allow-cluster-changes=true); otherwise use a server that"
                        + " Turnstone starts (setting turnstone.postgres.source=embedded).");
    }

    private static boolean isRefusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && INSUFFICIENT_PRIVILEGE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Returns the notes from the comparison at the end of the run. */
    synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * Drops the scratch database and the role, and compares the server with its state before the run. All test databases
     * must be closed.
     *
     * @throws IsolationBrokenException if an object outside the test databases was created, changed or dropped
     * @throws SQLException if the scratch database or the role cannot be dropped
     */
    synchronized void end() throws SQLException {
        Site ended = site;
        if (ended == null) {
            return;
        }
        site = null;
        try {
            dropOwn(ended);
        } finally {
            ended.schemas.closeIdle();
            ended.databases.closeIdle();
        }
        compare(ended.before);
    }

    private void dropOwn(Site ended) throws SQLException {
        PostgresDatabase scratch = ended.scratch;
        if (scratch != null) {
            if (hasKeptSchemas(ended.schemas)) {
                ended.schemas.closeIdle();
                scratch.keepFor("schemas of failed tests");
            } else {
                ended.schemas.closeIdle();
                scratch.drop();
            }
        }
        TestRole role = ended.databases.testRole();
        if (role != null) {
            takeOverKept(role);
            drop(role);
        }
    }

    private static boolean hasKeptSchemas(PostgresServer scratch) throws SQLException {
        try (PostgresServer.Session session = scratch.session()) {
            return !PostgresServer.text(session.connection(), """
                    SELECT count(*) FROM pg_namespace
                     WHERE obj_description(oid, 'pg_namespace') LIKE 'turnstone kept schema; %'""").equals("0");
        }
    }

    /** Makes the URL's role the owner of everything that is kept after the run. */
    private void takeOverKept(TestRole role) throws SQLException {
        List<String> kept = new ArrayList<>();
        try (PostgresServer.Session session = server.session();
                Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database WHERE datdba = "
                        + role.marked().oid()
                        + " AND shobj_description(oid, 'pg_database') LIKE 'turnstone kept database; %'")) {
            while (rows.next()) {
                kept.add(rows.getString(1));
            }
        }
        for (String database : kept) {
            try (Connection connection = server.inside(database).connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("REASSIGN OWNED BY " + role.quoted() + " TO CURRENT_USER");
                statement.execute(
                        "ALTER DATABASE " + PostgresDialect.INSTANCE.quote(database) + " OWNER TO CURRENT_USER");
            }
        }
    }

    private void compare(ServerFingerprint before) throws SQLException {
        if (!rights.createsDatabases) {
            pause();
        }
        ServerFingerprint after = fingerprint();
        before.noteOnRows(after).ifPresent(note -> {
            LOG.warn(note);
            notes.add(note);
        });
        List<String> changes = before.changesTo(after);
        if (!changes.isEmpty()) {
            throw IsolationBrokenException.ofServer(server.title(), changes);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(COUNTERS_DELAY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
