package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.execution.ConnectionLostException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.PreconditionFailedException;
import dev.turnstone.execution.StateLeftBehind;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Step;
import dev.turnstone.source.ConditionalMigration;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Preconditions;
import dev.turnstone.source.Preconditions.Check;
import dev.turnstone.source.Preconditions.Otherwise;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks the preconditions of a revision before its body runs. */
record PreconditionCheck(
        Connection connection, Dialect dialect, MigrationScript script, Step step, StepNotifications notifications) {

    static final String NEXT =
            "Change the database so that the precondition holds, or change the precondition, then repeat. If the"
                    + " database already has the changes of the revision, 'stamp' it.";

    /** The reason why a check failed. */
    private record Failure(
            Check check,
            Otherwise otherwise,
            String result,
            @Nullable SQLException cause) {}

    /**
     * Checks all preconditions.
     *
     * @param withinTransaction whether a failing query would end the step's transaction
     * @param stateLeft the state left behind if the run ends here
     * @return whether the body runs
     * @throws PreconditionFailedException if a precondition fails and its author requires the run to end
     * @throws DatabaseException if the connection is lost
     */
    boolean allows(boolean withinTransaction, Supplier<StateLeftBehind> stateLeft) {
        Optional<Preconditions> preconditions =
                step.direction() == Direction.UPGRADE && script.migration() instanceof ConditionalMigration conditional
                        ? conditional.preconditions(dialect.name())
                        : Optional.empty();
        if (preconditions.isEmpty()) {
            return true;
        }
        for (Check check : preconditions.get().checks()) {
            Failure failure = failure(check, preconditions.get(), withinTransaction);
            if (failure != null) {
                return continues(failure, stateLeft);
            }
        }
        return true;
    }

    private boolean continues(Failure failure, Supplier<StateLeftBehind> stateLeft) {
        String message = "Revision " + script.id() + " has a precondition on " + dialect.title() + ", at "
                + failure.check().location() + ":\n  "
                + failure.check().sql().on(dialect.name())
                + "\nmust return '" + failure.check().expected() + "', but " + failure.result() + ".";
        if (failure.otherwise() == Otherwise.HALT) {
            throw new PreconditionFailedException(script.id(), message, stateLeft.get(), failure.cause());
        }
        boolean skipped = failure.otherwise().passesOver();
        notifications.preconditionFailed(message + " " + consequence(failure.otherwise()), skipped);
        return !skipped;
    }

    private static String consequence(Otherwise otherwise) {
        return switch (otherwise) {
            case MARK_RAN -> "It is recorded as applied, and its body does not run (MARK_RAN).";
            case CONTINUE ->
                "It is recorded as applied, and its body does not run (CONTINUE); Liquibase would check it again at its next run.";
            case WARN -> "It runs anyway (WARN).";
            case HALT -> throw new IllegalStateException("the run ends");
        };
    }

    private @Nullable Failure failure(Check check, Preconditions preconditions, boolean withinTransaction) {
        try {
            String wrong = withinTransaction && preconditions.onError() != Otherwise.HALT
                    ? querySeparately(check)
                    : query(check);
            return wrong == null ? null : new Failure(check, preconditions.onFail(), wrong, null);
        } catch (SQLException e) {
            if (ConnectionLostException.isConnectionLoss(e)) {
                throw new DatabaseException("check a precondition of revision " + script.id(), e);
            }
            return new Failure(
                    check,
                    preconditions.onError(),
                    "the query fails: " + String.valueOf(e.getMessage()).strip().replace("\n", "\n  "),
                    e);
        }
    }

    /** Queries within a savepoint, so that a failing query does not end the step's transaction. */
    private @Nullable String querySeparately(Check check) throws SQLException {
        try (Transaction savepoint = Transaction.savepoint(connection)) {
            String wrong = query(check);
            savepoint.commit();
            return wrong;
        }
    }

    /** Describes an unexpected result; null for the expected one. */
    private @Nullable String query(Check check) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(check.sql().on(dialect.name()))) {
                if (!result.next()) {
                    return "it returns no row";
                }
                String value = result.getString(1);
                if (result.getMetaData().getColumnCount() > 1) {
                    return "it returns several columns";
                }
                if (result.next()) {
                    return "it returns several rows";
                }
                return check.expected().equals(value)
                        ? null
                        : value == null ? "it returns NULL" : "it returns '" + value + "'";
            }
        }
    }
}
