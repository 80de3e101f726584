package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.ConnectionLostException;
import dev.turnstone.execution.StateLeftBehind;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.source.MigrationScript;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates the exceptions for failures of one step, with the state that each failure left behind. */
record StepFailures(MigrationScript script, Step step, Dialect dialect, RunContext.@Nullable RunTransaction ofRun) {

    static final String REPEAT = "Correct the statement, then repeat.";
    static final String DEFERRED = "The database rejected the commit, because it checks deferred constraints only then."
            + " Correct the data or the revision, then repeat.";
    private static final String DISK_FULL = "The disk that holds the database or its temporary files is full."
            + " Free space there, or move them to another disk, then repeat.";
    static final String CHECK_VERSION = "Check the version with 'current', then repeat.";

    /** Returns the state after a rollback of the step. */
    StateLeftBehind rolledBack(String next) {
        return ofRun == null
                ? StateLeftBehind.rolledBack(step.before(), next)
                : StateLeftBehind.runRolledBack(ofRun.rowsAtStart(), next);
    }

    /** Returns the state after a rollback of a step of which some statements ran outside of its transaction. */
    StateLeftBehind rolledBack(StatementSender sender, String next) {
        List<SqlStatement> lasting = sender.lasting();
        return lasting.isEmpty() ? rolledBack(next) : StateLeftBehind.committed(lasting, step.before(), next);
    }

    StateLeftBehind committed(StatementSender sender, String next) {
        return StateLeftBehind.committed(sender.committed(), step.before(), next);
    }

    StateLeftBehind cut(StatementSender sender, @Nullable SqlStatement underWay) {
        return StateLeftBehind.cut(sender.committed(), sender.uncertain(underWay), step.before());
    }

    TurnstoneException ofStatement(@Nullable SqlStatement statement, SQLException cause, StateLeftBehind stateLeft) {
        StateLeftBehind left = dialect.isDiskFull(cause)
                ? new StateLeftBehind(
                        stateLeft.rolledBack(),
                        stateLeft.message().replace(REPEAT, DISK_FULL).replace(DEFERRED, DISK_FULL))
                : stateLeft;
        return new StatementFailedException(script.id(), step.direction(), dialect.title(), statement, cause, left);
    }

    TurnstoneException withoutTransaction(SendFailure failure, StatementSender sender) {
        SqlStatement statement = failure.statement();
        boolean lost = ConnectionLostException.isConnectionLoss(failure.sqlException());
        StateLeftBehind left = lost ? cut(sender, statement) : committed(sender, REPEAT);
        if (isConcurrent(statement)) {
            left = left.withRemaining(
                    "An index that was being created concurrently may remain as an invalid index: drop it.");
        }
        return lost
                ? lost(failure.sqlException(), left.message())
                : ofStatement(statement, failure.sqlException(), left);
    }

    /** Returns the exception for a failure of a statement, or of the transaction around it. */
    TurnstoneException inTransaction(SendFailure failure, StatementSender sender) {
        SQLException cause = failure.sqlException();
        SqlStatement statement = failure.statement();
        boolean lost = ConnectionLostException.isConnectionLoss(cause);
        List<SqlStatement> lasting = sender.lasting();
        if (lost && lasting.isEmpty() && !sender.isInGap()) {
            return lost(cause, rolledBackByServer());
        }
        StateLeftBehind left = lost
                ? StateLeftBehind.cut(
                        lasting, sender.isInGap() && statement != null ? List.of(statement) : List.of(), step.before())
                : rolledBack(sender, REPEAT);
        if (sender.isInGap() && isConcurrent(statement)) {
            left = left.withRemaining("An index that was being created concurrently may remain as an invalid index;"
                    + " the next attempt drops it.");
        }
        return lost ? lost(cause, left.message()) : ofStatement(statement, cause, left);
    }

    /** Returns the state after the connection was lost within the step's transaction, between two statements. */
    String lostWithin(StatementSender sender) {
        return sender.lasting().isEmpty()
                ? rolledBackByServer()
                : StateLeftBehind.cut(sender.lasting(), List.of(), step.before())
                        .message();
    }

    /** Returns the state after the connection was lost at the commit before statements outside of the transaction. */
    String lostAtGap(StatementSender sender) {
        return StateLeftBehind.cut(sender.lasting(), sender.inTransaction(), step.before())
                .message();
    }

    /** Returns the state after the connection was lost at the step's last commit. */
    String lostAtEnd(StatementSender sender) {
        if (sender.lasting().isEmpty()) {
            return "It was lost at the commit: the revision ran completely or not at all. Check the version with 'current'.";
        }
        return "It was lost at the last commit: the revision ran completely, or without the statements after its"
                + " '-- autocommit' block. Check the version with 'current'.";
    }

    private static boolean isConcurrent(@Nullable SqlStatement statement) {
        return statement != null && statement.text().toUpperCase(Locale.ROOT).matches("(?s).*INDEX\\s+CONCURRENTLY.*");
    }

    TurnstoneException lostIfSo(TurnstoneException otherwise, SQLException cause, String state) {
        return ConnectionLostException.isConnectionLoss(cause) ? lost(cause, state) : otherwise;
    }

    String rolledBackByServer() {
        Set<RevisionId> version = ofRun == null ? step.before() : ofRun.rowsAtStart();
        return "The server rolls the " + (ofRun == null ? "revision" : "whole run")
                + " back by itself; the version is still " + StateLeftBehind.version(version) + ".";
    }

    ConnectionLostException lost(SQLException cause, String state) {
        return new ConnectionLostException(script.id(), step.direction(), dialect.title(), state, cause);
    }
}
