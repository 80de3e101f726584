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
 * A database of the test's own, migrated to the heads of the history, or to the revision that {@link AtRevision} names.
 *
 * <p>It is made when the test, or a {@code @BeforeEach} method, first asks for it; the test and what runs around it share
 * it. It is dropped when all of them are over. Thread-safe as far as its connections are used by one thread
 * each.
 */
public final class MigratedDatabase {

    private final TestDatabase database;
    private final MigrationTool tool;

    MigratedDatabase(TestDatabase database, MigrationTool tool) {
        this.database = database;
        this.tool = tool;
    }

    /** The dialect that the test runs on. */
    public Dialect dialect() {
        return database.dialect();
    }

    /**
     * Gives connections to this database and no other. On PostgreSQL they are pooled, at most ten at a time. Those that
     * are still open when the test is over are closed then.
     */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /**
     * Runs further migrations on this database.
     *
     * @throws UnsupportedOperationException where another tool than the engine that comes with Turnstone migrates
     */
    public Migrator migrator() {
        if (tool instanceof BundledEngine engine) {
            return Migrator.of(dataSource(), engine.scripts());
        }
        throw new UnsupportedOperationException("A Migrator runs the engine that comes with Turnstone, and this test's"
                + " migrations are run by " + tool.getClass().getName() + ". Take a DataSource or a Connection instead,"
                + " or leave 'tool' out.");
    }

    /** The schema as it is now. */
    public SchemaSnapshot snapshot() {
        try (Connection connection = dataSource().getConnection()) {
            return SchemaSnapshot.of(connection, database.scope());
        } catch (SQLException e) {
            throw new DatabaseException("connect to " + database.describe(), e);
        }
    }

    /** The database, for messages: dialect and place. */
    @Override
    public String toString() {
        return database.describe();
    }
}
