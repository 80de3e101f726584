package dev.turnstone.dialect.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A new database on a server, and a tablespace, which cannot be created within a transaction. */
final class PlantedServer implements AutoCloseable {

    private static final long PROCESS = ProcessHandle.current().pid();

    static final String TABLESPACE = "planted_" + PROCESS;

    final Connection connection;
    final int version;
    private final String url;
    private final String database;

    /**
     * Creates the database and the tablespace.
     *
     * @param url the URL of a superuser
     * @param database the name of the database to create
     */
    PlantedServer(String url, String database) throws SQLException {
        this.url = url;
        this.database = database + "_" + PROCESS;
        try (Connection maintenance = DriverManager.getConnection(url)) {
            version = maintenance.getMetaData().getDatabaseMajorVersion();
            PostgresForTests.execute(maintenance, "CREATE DATABASE " + this.database);
            if (version >= 15) {
                PostgresForTests.execute(maintenance, "SET allow_in_place_tablespaces = on");
                PostgresForTests.execute(maintenance, "CREATE TABLESPACE " + TABLESPACE + " LOCATION ''");
            }
        }
        String inDatabase = url.replaceFirst("(jdbc:postgresql://[^/]*)/[^?]*", "$1/" + this.database);
        connection = DriverManager.getConnection(inDatabase);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        try (Connection maintenance = DriverManager.getConnection(url)) {
            PostgresForTests.execute(maintenance, "DROP DATABASE " + database);
            if (version >= 15) {
                PostgresForTests.execute(maintenance, "DROP TABLESPACE " + TABLESPACE);
            }
        }
    }
}
