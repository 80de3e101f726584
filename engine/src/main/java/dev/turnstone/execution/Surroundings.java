package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RevisionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one run share.
 *
 * @param connection in autocommit mode
 * @param versionTable where the version is kept
 * @param schema where unqualified names are made
 * @param settings of the connection, which a revision may change
 * @param patience how long to wait for another start's transaction
 * @param checksums of what is applied
 * @param listener is told of each step
 * @param options how the run goes about its steps
 * @param ofRun the transaction that is around all of them, or null
 * @param alone whether no one else can migrate meanwhile
 */
record Surroundings(
        Connection connection,
        VersionTable versionTable,
        String schema,
        SessionSettings settings,
        Duration patience,
        KeptChecksums checksums,
        StepListener listener,
        RunOptions options,
        @Nullable RunTransaction ofRun,
        boolean alone) {

    /**
     * A transaction around a whole run.
     *
     * @param rowsAtStart the version that a failure goes back to
     * @param suspendedForeignKeys whether tables can be rebuilt in it
     */
    record RunTransaction(Set<RevisionId> rowsAtStart, boolean suspendedForeignKeys) {}

    Dialect dialect() {
        return versionTable.dialect();
    }

    /** Begins a step's transaction; within that of a run it is a savepoint. */
    Transaction begin() throws SQLException {
        return ofRun == null ? Transaction.begin(connection, dialect(), patience) : Transaction.savepoint(connection);
    }

    Surroundings within(RunTransaction run) {
        return new Surroundings(
                connection, versionTable, schema, settings, patience, checksums, listener, options, run, alone);
    }

    /** The same where a lock keeps others out. */
    Surroundings withoutOthers() {
        return new Surroundings(
                connection, versionTable, schema, settings, patience, checksums, listener, options, ofRun, true);
    }
}
