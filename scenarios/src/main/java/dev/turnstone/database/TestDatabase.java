package dev.turnstone.database;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * One empty database that belongs to one test, until it is closed.
 *
 * <p>Thread-safe. On PostgreSQL it is a schema or a database of a server that may have other users; on SQLite, a file.
 */
public interface TestDatabase extends AutoCloseable {

    /** The kind of database. */
    Dialect dialect();

    /**
     * Opens connections to exactly this database.
     *
     * <p>Each {@code getConnection()} opens a new connection in autocommit mode, which the caller closes. With {@link
     * Isolation#SCHEMA} its {@code search_path} is exactly the schema, and stays so after {@code RESET ALL} and {@code
     * DISCARD ALL}. On SQLite foreign keys are enforced, and statements wait for locks.
     */
    DataSource dataSource();

    /** Returns the scope of this database: exactly the objects that belong to it. */
    Scope scope();

    /**
     * Returns a tracker for repeated reads of this database. On a server that Turnstone started, it records changes with
     * objects in the database that no snapshot shows.
     */
    SchemaTracker track() throws SQLException;

    /**
     * Like {@link #track()}, on a connection that the caller wraps.
     *
     * @param seenThrough receives the tracker's connection once, and returns the connection that the tracker uses
     */
    default SchemaTracker track(UnaryOperator<Connection> seenThrough) throws SQLException {
        return track();
    }

    /** Returns the server for reports, for example {@code PostgreSQL 17.11, embedded}. */
    String server();

    /** Returns this database for messages, for example {@code schema turnstone_2s_1_k3x9 (PostgreSQL 17.11, embedded)}. */
    String describe();

    /**
     * Keeps the database when it is closed, so that a person can inspect it, and prints its place. A database on a server
     * that ends with the run cannot be kept, which is printed as well.
     *
     * @param title the reason, for example the name of the test that failed
     */
    void keep(String title);

    /**
     * Checks, after {@link #close()}, that nothing was created, changed or dropped outside this database while it existed.
     * Only checked for a schema on PostgreSQL.
     *
     * @throws IsolationBrokenException when something changed; only the first call throws
     */
    void requireIsolation();

    /**
     * Drops the database with everything in it, and closes open connections. A second call does nothing.
     *
     * <p>Does not throw, so that it never hides why a test failed. A failure is logged; {@link TestDatabases#close()} tries
     * again and throws, and after that the next run drops the database.
     */
    @Override
    void close();
}
