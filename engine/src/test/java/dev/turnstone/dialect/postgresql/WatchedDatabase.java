package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.postgresql.tracking.ChangeWatch;
import java.sql.Connection;
import java.sql.SQLException;

/** A new database with an installed {@link ChangeWatch}. It is dropped when it is closed. */
public final class WatchedDatabase implements AutoCloseable {

    private static final String NAME = "watched_" + ProcessHandle.current().pid() + "_"
            + Integer.toHexString(System.identityHashCode(new Object()));

    public WatchedDatabase() throws SQLException {
        try (Connection connection = PostgresForTests.connect()) {
            PostgresForTests.execute(connection, "CREATE DATABASE " + NAME + " TEMPLATE template0");
        }
        try (Connection connection = connect("")) {
            ChangeWatch.install(connection);
        }
    }

    public Connection connect(String parameters) throws SQLException {
        return PostgresForTests.connect(NAME, parameters);
    }

    @Override
    public void close() throws SQLException {
        try (Connection connection = PostgresForTests.connect()) {
            PostgresForTests.execute(connection, "DROP DATABASE " + NAME + " WITH (FORCE)");
        }
    }
}
