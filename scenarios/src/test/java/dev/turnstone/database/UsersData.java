package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static dev.turnstone.database.TestSettings.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A database and roles of a user on the embedded server, which tests treat as a server given by URL. */
final class UsersData {

    /** The user's database, with a table, a large object and roles. */
    static final String SHOP = "turnstone_tests_shop";

    static final String APP = "turnstone_tests_app";
    static final String OTHER = "turnstone_tests_other";
    /** The role of the URL in tests of rights. */
    static final String GUEST = "turnstone_tests_guest";

    private UsersData() {}

    /** Creates the user's database and roles, after a drop of what an earlier test left. */
    static void create() throws SQLException {
        drop();
        inServer(
                "CREATE ROLE " + APP + " LOGIN PASSWORD 'secret'",
                "CREATE ROLE " + OTHER,
                "GRANT " + OTHER + " TO " + APP,
                "COMMENT ON ROLE " + APP + " IS 'the application'",
                "CREATE DATABASE " + SHOP,
                "ALTER DATABASE " + SHOP + " SET work_mem = '5MB'");
        inShop(
                "CREATE SCHEMA billing",
                "CREATE TABLE billing.inv (id int)",
                "INSERT INTO billing.inv SELECT generate_series(1, 200)",
                "ALTER TABLE billing.inv OWNER TO " + APP,
                "SELECT lo_create(4711)");
    }

    static void drop() throws SQLException {
        inServer(
                "DROP DATABASE IF EXISTS " + SHOP + " WITH (FORCE)",
                "DROP DATABASE IF EXISTS turnstone_tests_added",
                "DROP ROLE IF EXISTS " + APP + ", " + OTHER + ", " + GUEST,
                "ALTER SYSTEM RESET ALL");
    }

    static void inServer(String... statements) throws SQLException {
        try (Connection connection = TestSettings.server().connect()) {
            execute(connection, statements);
        }
    }

    static void inShop(String... statements) throws SQLException {
        try (Connection connection = ServerForTests.connect(url("postgres"))) {
            execute(connection, statements);
        }
    }

    static String url(String user) {
        return TestSettings.embeddedUrl(user, SHOP);
    }

    static TestDatabases named(String user) {
        return TestDatabases.with(TestSettings.url(url(user)));
    }

    static TestDatabases namedWithClusterChanges() {
        return TestDatabases.with(TestSettings.of(
                Map.of("turnstone.postgres.url", url("postgres"), "turnstone.allow-cluster-changes", "true")));
    }

    static ServerFingerprint fingerprint() throws SQLException {
        try (Connection connection = ServerForTests.connect(url("postgres"))) {
            return ServerFingerprint.read(connection, TestSettings.server().version(), false);
        }
    }

    static List<String> rows() throws SQLException {
        try (Connection connection = ServerForTests.connect(url("postgres"))) {
            return query(connection, "SELECT count(*) FROM billing.inv");
        }
    }

    static List<String> ours() throws SQLException {
        try (Connection connection = TestSettings.server().connect()) {
            return query(connection, """
                    SELECT rolname FROM pg_roles WHERE shobj_description(oid, 'pg_authid') LIKE 'turnstone %'
                    UNION ALL
                    SELECT datname FROM pg_database WHERE shobj_description(oid, 'pg_database') LIKE 'turnstone %'""");
        }
    }
}
