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
 * <p>Thread-safe. On PostgreSQL it is a schema or a database of a server that others use too; on SQLite, a file.
 */
public interface TestDatabase extends AutoCloseable {

    /** The kind of database. */
    Dialect dialect();

    /**
     * Opens connections to exactly this database.
     *
     * <p>Each {@code getConnection()} opens a new one, in autocommit mode, that the caller closes. With {@link
     * Isolation#SCHEMA} its {@code search_path} is exactly the schema, and stays so after {@code RESET ALL} and {@code
     * DISCARD ALL}. On SQLite foreign keys are enforced, and a lock is waited for.
     */
    DataSource dataSource();

    /** All that belongs to this database, and nothing that does not. */
    Scope scope();

    /**
     * Reads this database again and again, as cheaply as it can be done here. On a server that is ours alone, that leaves
     * what notes changes in the database, where no snapshot shows it.
     */
    SchemaTracker track() throws SQLException;

    /**
     * As {@link #track()}, on a connection that the caller has wrapped.
     *
     * @param seenThrough gets the tracker's connection once, and returns the one that the tracker reads on
     */
    default SchemaTracker track(UnaryOperator<Connection> seenThrough) throws SQLException {
        return track();
    }

    /** The server for reports, for example {@code PostgreSQL 17.11, embedded}. */
    String server();

    /** This one database for messages, for example {@code schema turnstone_2s_1_k3x9 (PostgreSQL 17.11, embedded)}. */
    String describe();

    /**
     * Asks that closing leaves the database in place, so that a person can look at it, and prints where it is. On a
     * server that ends with the run that cannot be, which is printed as well.
     *
     * @param title why, for example the name of the test that failed
     */
    void keep(String title);

    /**
     * Says, after {@link #close()}, whether anything was created, changed or dropped outside this database while it was
     * there. Only a schema on PostgreSQL has something around it that could be looked at.
     *
     * @throws IsolationBrokenException when something was, once; names it
     */
    void requireIsolation();

    /**
     * Drops the database with all it holds, and ends the connections that are still open. A second call does nothing.
     *
     * <p>Throws nothing, so that it never hides why a test failed. What cannot be dropped is logged, is tried once more
     * by {@link TestDatabases#close()}, which does throw, and then by the next run.
     */
    @Override
    void close();
}
