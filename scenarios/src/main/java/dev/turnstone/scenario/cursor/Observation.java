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
 * Reads the state of a database repeatedly, each time only the parts that may have changed. A full read can confirm the
 * result. Not thread-safe.
 */
final class Observation implements AutoCloseable {

    private final Dialect dialect;
    private final TestDatabase database;
    private final Connection connection;
    private final @Nullable SchemaTracker tracker;
    private final List<SqlStatement> ran = new ArrayList<>();
    private boolean certain;

    /** Whether all changes since the start were reported. */
    private boolean toldAll = true;

    /** The last result, if nothing has run since; otherwise null. */
    private @Nullable DatabaseState last;

    private @Nullable Schema schema;
    private @Nullable SortedMap<ObjectId, TableRows> rows;
    private int readCount;

    /**
     * Opens a connection to a database.
     *
     * @param inFull whether every read is a full read
     * @param reads records the statements of this observation
     * @throws SQLException if the connection cannot be opened
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

    /** Reports the statements that ran since the last read, if nothing else ran. */
    void ran(List<SqlStatement> statements) {
        last = null;
        ran.addAll(statements);
    }

    /** Reports that unknown statements ran in addition to the reported ones. */
    void uncertain() {
        last = null;
        certain = false;
        toldAll = false;
    }

    /** Reports that something failed and may have left changes that were not reported. */
    void failed() {
        last = null;
        certain = false;
        toldAll = false;
        if (tracker != null) {
            tracker.forget();
        }
    }

    /**
     * Returns the current state of the database.
     *
     * @param worker the connection that ran the reported statements; empty if it is not known
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

    /** Runs code on the observation's own connection. If the code changes rows, call {@link #uncertain()} as well. */
    <T> T on(MigrationCursor.Asking<T> asking) throws SQLException {
        return asking.with(connection);
    }

    /** Returns how many times the database was read. */
    int readCount() {
        return readCount;
    }

    /**
     * Compares an incremental read with a full read.
     *
     * @return the difference, as text for a report of a defect in Turnstone; empty if there is none
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
