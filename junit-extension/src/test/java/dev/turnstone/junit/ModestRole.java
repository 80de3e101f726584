package dev.turnstone.junit;

import dev.turnstone.database.ServerForTests;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A role of the tests' server that may make schemas in a database of its own, and nothing else. */
record ModestRole(String name) implements AutoCloseable {

    private static final String PASSWORD = "modest";

    static ModestRole create(String purpose, String... options) throws SQLException {
        ModestRole role = new ModestRole("turnstone_tests_" + purpose);
        role.drop();
        role.execute("CREATE ROLE " + role.name + " LOGIN PASSWORD '" + PASSWORD
                + "' NOSUPERUSER NOCREATEDB NOCREATEROLE " + String.join(" ", options));
        role.execute("CREATE DATABASE " + role.name);
        role.execute("GRANT CREATE ON DATABASE " + role.name + " TO " + role.name);
        return role;
    }

    /** The URL of its database, as a user would give it. */
    String url() {
        return ServerForTests.url()
                .replaceFirst("://[^@]*@", "://" + name + ":" + PASSWORD + "@")
                .replaceFirst("/[^/?]*(\\?.*)?$", "/" + name);
    }

    /** A connection as the superuser to the role's database. */
    Connection lookInto() throws SQLException {
        return ServerForTests.connect(ServerForTests.url().replaceFirst("/[^/?]*(\\?.*)?$", "/" + name));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = ServerForTests.connect(ServerForTests.url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void drop() throws SQLException {
        execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        execute("DROP ROLE IF EXISTS " + name);
    }

    @Override
    public void close() throws SQLException {
        drop();
    }
}
