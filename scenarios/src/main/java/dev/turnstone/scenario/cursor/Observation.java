package dev.turnstone.scenario.cursor;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a database again and again, each time only at what may have changed, and can prove in the end that it saw what
 * is there. Not thread-safe.
 */
final class Observation implements AutoCloseable {

    private final Dialect dialect;
    private final TestDatabase database;
    private final Connection connection;
    private final @Nullable SchemaTracker tracker;
    private final List<SqlStatement> ran = new ArrayList<>();
    private boolean certain;

    /** Whether all that ran since the beginning was told. */
    private boolean toldAll = true;

    /** What was seen when nothing has run since; null when something has. */
    private @Nullable DatabaseState last;

    private @Nullable Schema schema;
    private @Nullable SortedMap<ObjectId, TableRows> rows;
    private int readCount;

    /**
     * @param inFull whether everything is read each time
     * @param reads sees what the observer reads
     */
    Observation(TestDatabase database, boolean inFull, StatementWatch reads) throws SQLException {
        this.dialect = database.dialect();
        this.database = database;
        this.connection = reads.over(database.dataSource().getConnection());
        try {
            this.tracker = inFull ? null : database.track(reads::over);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Says what ran since the last look, and nothing else did. */
    void ran(List<SqlStatement> statements) {
        last = null;
        ran.addAll(statements);
    }

    /** Says that more ran than was told, or that it is not known what. */
    void uncertain() {
        last = null;
        certain = false;
        toldAll = false;
    }

    /** Says that something failed, which may have left changes that nothing told of. */
    void failed() {
        last = null;
        certain = false;
        toldAll = false;
        if (tracker != null) {
            tracker.forget();
        }
    }

    /**
     * The database as it is now.
     *
     * @param worker the connection on which that ran which was told, where it is known
     */
    DatabaseState look(Optional<Connection> worker) throws SQLException {
        DatabaseState unchanged = last;
        if (unchanged != null) {
            return unchanged;
        }
        DatabaseState seen = lookNow(worker);
        last = seen;
        return seen;
    }

    private DatabaseState lookNow(Optional<Connection> worker) throws SQLException {
        readCount++;
        if (tracker == null) {
            return DatabaseState.of(
                    dialect.read(connection, database.scope()), dialect.readRows(connection, database.scope()));
        }
        tracker.ran(ran);
        Schema before = schema;
        Schema now = toldAll && certain && worker.isPresent() ? tracker.readOn(worker.get()) : tracker.read();
        SortedMap<ObjectId, TableRows> held = rows;
        if (held == null || before == null || !certain || !RowsLeftAlone.by(ran, before, now, held)) {
            held = DatabaseState.withoutVersion(dialect.readRows(connection, database.scope()));
        }
        schema = now;
        rows = held;
        certain = true;
        ran.clear();
        return DatabaseState.of(now, held);
    }

    /** Does something on the observer's own connection; what changes something says so by {@link #uncertain()} as well. */
    <T> T on(MigrationCursor.Asking<T> asking) throws SQLException {
        return asking.with(connection);
    }

    /** How often it was looked. */
    int readCount() {
        return readCount;
    }

    /**
     * Compares the last look with a full one.
     *
     * @return what differs, in words for a report about us; empty when nothing does
     */
    Optional<String> contradiction() throws SQLException {
        if (tracker == null || readCount < 2) {
            return Optional.empty();
        }
        DatabaseState seen = lookNow(Optional.empty());
        DatabaseState there = DatabaseState.of(
                dialect.read(connection, database.scope()), dialect.readRows(connection, database.scope()));
        if (seen.equals(there)) {
            return Optional.empty();
        }
        return Optional.of("What was read step by step from " + database.describe()
                + " is not what is there:\n"
                + SchemaDiff.between(there.schema(), seen.schema())
                + (seen.rows().equals(there.rows()) ? "" : "\nrows " + seen.rows() + ", really " + there.rows()));
    }

    @Override
    public void close() throws SQLException {
        try (SchemaTracker t = tracker) {
            connection.close();
        }
    }
}
