package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.execution.RunOptions;
import dev.turnstone.execution.StepListener;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RevisionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that the steps of one run share.
 *
 * @param connection in autocommit mode
 * @param versionTable the version table of the database
 * @param schema the schema in which unqualified names are created
 * @param settings restores the settings of the connection that a revision changes
 * @param timeout how long to wait for another start's transaction
 * @param checksums the checksums of applied revisions
 * @param listener is notified of each step
 * @param options how the steps run
 * @param ofRun the transaction around all steps, or null
 * @param alone whether no other start can migrate meanwhile
 */
public record RunContext(
        Connection connection,
        VersionTable versionTable,
        String schema,
        SessionSettings settings,
        Duration timeout,
        RevisionChecksums checksums,
        StepListener listener,
        RunOptions options,
        @Nullable RunTransaction ofRun,
        boolean alone) {

    /**
     * A transaction around a whole run.
     *
     * @param rowsAtStart the version after a failure
     * @param suspendedForeignKeys whether tables can be rebuilt in it
     */
    public record RunTransaction(Set<RevisionId> rowsAtStart, boolean suspendedForeignKeys) {}

    public Dialect dialect() {
        return versionTable.dialect();
    }

    /** Begins a step's transaction; within the transaction of a run it is a savepoint. */
    Transaction begin() throws SQLException {
        return ofRun == null ? Transaction.begin(connection, dialect(), timeout) : Transaction.savepoint(connection);
    }

    public RunContext within(RunTransaction run) {
        return new RunContext(
                connection, versionTable, schema, settings, timeout, checksums, listener, options, run, alone);
    }

    /** Returns a copy for a run during which a lock excludes other starts. */
    public RunContext withoutOthers() {
        return new RunContext(
                connection, versionTable, schema, settings, timeout, checksums, listener, options, ofRun, true);
    }
}
