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

/** What all test databases have in common: they are dropped once, and nothing is thrown when that fails. */
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

    /** Drops it; does nothing when it is gone already. */
    abstract void drop() throws SQLException, IOException;

    /** Prepares that changes are noted, where this database is on a server of our own. */
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
     * Lets it outlive the run, under a title that says why.
     *
     * @return where it is, for a person; empty where it cannot outlive the run
     */
    abstract Optional<String> keepFor(String title) throws SQLException, IOException;

    /** Notes what was found around it; null for nothing. */
    final void changedOutside(@Nullable IsolationBrokenException found) {
        changedOutside = found;
    }

    /** Asks to be told when the database is gone. */
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
                return; // the hook counts what is left
            }
            // The trace is for us; the sentence is for the person who reads the test's output.
            LOG.warn("{} is left behind for now, and is tried again later: {}", describe(), e.getMessage());
            LOG.debug("Why {} was not dropped", describe(), e);
        }
    }

    @SuppressWarnings("SystemOut") // Whoever asked to keep it looks for this line in the test's output.
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

    /** Whether {@link #requireIsolation} would throw. */
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
