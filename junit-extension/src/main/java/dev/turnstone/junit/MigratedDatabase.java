package dev.turnstone.junit;

import dev.turnstone.Migrator;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.scenario.MigrationTool;
import dev.turnstone.snapshot.SchemaSnapshot;
import dev.turnstone.tool.BundledEngine;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A database for one test, migrated to the heads of the history, or to the revision that {@link AtRevision} names.
 *
 * <p>It is created when the test, or a {@code @BeforeEach} method, first requests it. The test and its lifecycle methods
 * share it. It is dropped after the last of them. Thread-safe, if each connection is used by one thread
 * only.
 */
public final class MigratedDatabase {

    private final TestDatabase database;
    private final MigrationTool tool;

    MigratedDatabase(TestDatabase database, MigrationTool tool) {
        this.database = database;
        this.tool = tool;
    }

    /** Returns the dialect that the test runs on. */
    public Dialect dialect() {
        return database.dialect();
    }

    /**
     * Returns a data source for this database only. On PostgreSQL connections are pooled, at most ten at a time. Connections
     * that are still open after the test are closed.
     */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /**
     * Returns a migrator for further migrations on this database.
     *
     * @throws UnsupportedOperationException when the migration tool is not the bundled engine
     */
    public Migrator migrator() {
        if (tool instanceof BundledEngine engine) {
            return Migrator.of(dataSource(), engine.scripts());
        }
        throw new UnsupportedOperationException("A Migrator runs the bundled engine, and this test's"
                + " migrations are run by " + tool.getClass().getName() + ". Take a DataSource or a Connection instead,"
                + " or leave 'tool' out.");
    }

    /** Reads the current schema. */
    public SchemaSnapshot snapshot() {
        try (Connection connection = dataSource().getConnection()) {
            return SchemaSnapshot.of(connection, database.scope());
        } catch (SQLException e) {
            throw new DatabaseException("connect to " + database.describe(), e);
        }
    }

    /** Returns the database for messages: dialect and place. */
    @Override
    public String toString() {
        return database.describe();
    }
}
