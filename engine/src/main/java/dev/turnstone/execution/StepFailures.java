package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.source.MigrationScript;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the failures of one step in words: what failed, and what state it left. */
record StepFailures(MigrationScript script, Step step, Dialect dialect, Surroundings.@Nullable RunTransaction ofRun) {

    static final String REPEAT = "Correct the statement, then repeat.";
    static final String DEFERRED = "It was the commit that the database refused, as it does for a constraint that"
            + " is checked only then. Correct the data or the revision, then repeat.";
    private static final String DISK_FULL = "The disk that holds the database or its temporary files is full."
            + " Free space there, or move them to another disk, then repeat.";
    static final String LOOK = "Look at current, then repeat.";

    /** What a rollback of the step leaves. */
    Aftermath rolledBack(String next) {
        return ofRun == null
                ? Aftermath.rolledBack(step.before(), next)
                : Aftermath.runRolledBack(ofRun.rowsAtStart(), next);
    }

    /** What a rollback leaves of a step of which a part stood outside of its transaction. */
    Aftermath rolledBack(Delivery delivery, String next) {
        List<SqlStatement> lasting = delivery.lasting();
        return lasting.isEmpty() ? rolledBack(next) : Aftermath.committed(lasting, step.before(), next);
    }

    Aftermath committed(Delivery delivery, String next) {
        return Aftermath.committed(delivery.committed(), step.before(), next);
    }

    Aftermath cut(Delivery delivery, @Nullable SqlStatement underWay) {
        return Aftermath.cut(delivery.committed(), delivery.uncertain(underWay), step.before());
    }

    TurnstoneException ofStatement(@Nullable SqlStatement statement, SQLException cause, Aftermath aftermath) {
        Aftermath left = dialect.isDiskFull(cause)
                ? new Aftermath(
                        aftermath.rolledBack(),
                        aftermath.words().replace(REPEAT, DISK_FULL).replace(DEFERRED, DISK_FULL))
                : aftermath;
        return new StatementFailedException(script.id(), step.direction(), dialect.title(), statement, cause, left);
    }

    TurnstoneException withoutTransaction(SendFailure failure, Delivery delivery) {
        SqlStatement statement = failure.statement();
        boolean lost = ConnectionLostException.isToldBy(failure.sqlException());
        Aftermath left = lost ? cut(delivery, statement) : committed(delivery, REPEAT);
        if (isConcurrent(statement)) {
            left = left.butRemains("An index that was being made concurrently may remain, invalid: drop it.");
        }
        return lost ? lost(failure.sqlException(), left.words()) : ofStatement(statement, failure.sqlException(), left);
    }

    /** A statement failed, or the step's transaction around it. */
    TurnstoneException inTransaction(SendFailure failure, Delivery delivery) {
        SQLException said = failure.sqlException();
        SqlStatement statement = failure.statement();
        boolean lost = ConnectionLostException.isToldBy(said);
        List<SqlStatement> lasting = delivery.lasting();
        if (lost && lasting.isEmpty() && !delivery.isInGap()) {
            return lost(said, rolledBackByServer());
        }
        Aftermath left = lost
                ? Aftermath.cut(
                        lasting,
                        delivery.isInGap() && statement != null ? List.of(statement) : List.of(),
                        step.before())
                : rolledBack(delivery, REPEAT);
        if (delivery.isInGap() && isConcurrent(statement)) {
            left = left.butRemains(
                    "An index that was being made concurrently may remain, invalid; repeating drops it.");
        }
        return lost ? lost(said, left.words()) : ofStatement(statement, said, left);
    }

    /** The connection was lost while the step's transaction was open, and nothing of the revision was under way. */
    String lostWithin(Delivery delivery) {
        return delivery.lasting().isEmpty()
                ? rolledBackByServer()
                : Aftermath.cut(delivery.lasting(), List.of(), step.before()).words();
    }

    /** The connection was lost at the commit before statements that stand outside of the transaction. */
    String lostAtGap(Delivery delivery) {
        return Aftermath.cut(delivery.lasting(), delivery.inTransaction(), step.before())
                .words();
    }

    /** The connection was lost at the step's last commit. */
    String lostAtEnd(Delivery delivery) {
        if (delivery.lasting().isEmpty()) {
            return "It was lost at the commit: the revision has run as a whole or not at all; 'current' tells.";
        }
        return "It was lost at the last commit: the revision has run as a whole, or without what stands behind its"
                + " '-- autocommit' block; 'current' tells.";
    }

    private static boolean isConcurrent(@Nullable SqlStatement statement) {
        return statement != null && statement.text().toUpperCase(Locale.ROOT).matches("(?s).*INDEX\\s+CONCURRENTLY.*");
    }

    TurnstoneException lostIfSo(TurnstoneException otherwise, SQLException cause, String state) {
        return ConnectionLostException.isToldBy(cause) ? lost(cause, state) : otherwise;
    }

    String rolledBackByServer() {
        Set<RevisionId> version = ofRun == null ? step.before() : ofRun.rowsAtStart();
        return "The server rolls the " + (ofRun == null ? "revision" : "whole run")
                + " back by itself; the version is still " + Aftermath.version(version) + ".";
    }

    ConnectionLostException lost(SQLException cause, String state) {
        return new ConnectionLostException(script.id(), step.direction(), dialect.title(), state, cause);
    }
}
