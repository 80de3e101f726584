package dev.turnstone.junit;

import dev.turnstone.Migrator;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.snapshot.SchemaSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A database of the test's own, migrated to the heads of the history.
 *
 * <p>It is made when the test, or a {@code @BeforeEach} method, first asks for it; the test and what runs around it share
 * it. It is dropped when all of them are over. Thread-safe as far as its connections are used by one thread
 * each.
 */
public final class MigratedDatabase {

    private final TestDatabase database;
    private final Migrator migrator;

    MigratedDatabase(TestDatabase database, Migrator migrator) {
        this.database = database;
        this.migrator = migrator;
    }

    /** The dialect that the test runs on. */
    public Dialect dialect() {
        return database.dialect();
    }

    /** Gives connections to this database and no other. */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /** Runs further migrations on this database. */
    public Migrator migrator() {
        return migrator;
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
