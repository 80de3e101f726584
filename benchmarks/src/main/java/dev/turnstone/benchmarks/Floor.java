package dev.turnstone.benchmarks;

import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Measures the bare statements: one JDBC connection, one transaction for each revision, one round trip for each statement,
 * and the version row.
 */
final class Floor implements AutoCloseable {

    private final TestDatabase database;
    private final Connection connection;
    private final Statement statement;

    Floor(Dialect dialect, TestDatabases databases) throws SQLException {
        database = databases.create(dialect, Isolation.SCHEMA);
        connection = database.dataSource().getConnection();
        statement = connection.createStatement();
        if (dialect.observesSessions() && connection.getMetaData().getDatabaseMajorVersion() >= 17) {
            // Turnstone tracks changes by event triggers, which the bare statements must not pay for.
            statement.execute("SET event_triggers = off");
        }
        statement.execute("CREATE TABLE version (version_num varchar(255) PRIMARY KEY)");
        statement.execute("INSERT INTO version VALUES ('base')");
    }

    /** Applies, reverts and applies each revision. */
    void stairway(List<BareRevision> history) throws SQLException {
        for (BareRevision revision : history) {
            run(revision.up(), revision.id());
            run(revision.down(), "base");
            run(revision.up(), revision.id());
        }
    }

    void upgrade(List<BareRevision> history) throws SQLException {
        for (BareRevision revision : history) {
            run(revision.up(), revision.id());
        }
    }

    private void run(List<String> statements, String version) throws SQLException {
        statement.execute("BEGIN");
        for (String sql : statements) {
            statement.execute(sql);
        }
        statement.execute("UPDATE version SET version_num = '" + version + "'");
        statement.execute("COMMIT");
    }

    @Override
    public void close() throws SQLException {
        try (TestDatabase dropped = database) {
            connection.close();
        }
    }
}
