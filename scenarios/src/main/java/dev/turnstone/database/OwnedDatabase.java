package dev.turnstone.database;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SchemaTracker;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The common part of all test databases: each is dropped once, and a failure to drop it is logged and not thrown. */
abstract sealed class OwnedDatabase implements TestDatabase permits SqliteFile, PostgresSchema, PostgresDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(TestDatabase.class);

    private final Dialect dialect;
    private final DataSource dataSource;
    private final String server;
    private Consumer<OwnedDatabase> whenDropped = database -> {};
    private @Nullable String keptAs;
    private @Nullable IsolationBrokenException changedOutside;
    private boolean closed;

    OwnedDatabase(Dialect dialect, DataSource dataSource, String server) {
        this.dialect = dialect;
        this.dataSource = dataSource;
        this.server = server;
    }

    /** Drops the database. Does nothing if it does not exist. */
    abstract void drop() throws SQLException, IOException;

    /** Prepares the tracking of changes, if this database is on a server that Turnstone started. */
    void watchChanges() throws SQLException {
        // Only PostgreSQL needs preparation.
    }

    @Override
    public final SchemaTracker track() throws SQLException {
        return track(UnaryOperator.identity());
    }

    @Override
    public final SchemaTracker track(UnaryOperator<Connection> seenThrough) throws SQLException {
        watchChanges();
        Connection connection = seenThrough.apply(dataSource.getConnection());
        try {
            return dialect.track(connection, scope());
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Keeps the database after the run, with a title that gives the reason.
     *
     * @return its place, for a person; empty if it cannot be kept
     */
    abstract Optional<String> keepFor(String title) throws SQLException, IOException;

    /** Records a broken isolation; null if there is none. */
    final void changedOutside(@Nullable IsolationBrokenException found) {
        changedOutside = found;
    }

    /** Sets the action that runs after the database was dropped. */
    final synchronized void whenDropped(Consumer<OwnedDatabase> listener) {
        whenDropped = listener;
    }

    @Override
    public final synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (keptAs == null || !isKept(keptAs)) {
                drop();
            }
            whenDropped.accept(this);
        } catch (SQLException | IOException | RuntimeException e) {
            if (Interruption.isUnderWay()) {
                return; // the hook counts the databases that are left
            }
            // Users read the sentence; the stack trace is for debugging only.
            LOG.warn("{} could not be dropped; Turnstone tries again later: {}", describe(), e.getMessage());
            LOG.debug("Why {} was not dropped", describe(), e);
        }
    }

    @SuppressWarnings("SystemOut") // The user who set turnstone.keep reads this line in the test's output.
    private boolean isKept(String title) throws SQLException, IOException {
        Optional<String> place = keepFor(title);
        System.out.println(place.map(kept -> "Turnstone kept " + kept + ", for " + title)
                .orElseGet(() -> "Turnstone cannot keep " + describe() + ", for " + title
                        + ": its server ends with the run. Name a server by turnstone.postgres.url for that."));
        return place.isPresent();
    }

    @Override
    public final synchronized void keep(String title) {
        keptAs = title;
    }

    /** Returns whether {@link #requireIsolation} would throw. */
    final synchronized boolean isIsolationBroken() {
        return changedOutside != null;
    }

    @Override
    public final synchronized void requireIsolation() {
        IsolationBrokenException broken = changedOutside;
        changedOutside = null;
        if (broken != null) {
            throw broken;
        }
    }

    @Override
    public final Dialect dialect() {
        return dialect;
    }

    @Override
    public final DataSource dataSource() {
        return dataSource;
    }

    @Override
    public final String server() {
        return server;
    }

    @Override
    public final String toString() {
        return describe();
    }
}
