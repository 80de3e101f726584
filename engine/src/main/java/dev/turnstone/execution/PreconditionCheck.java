package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
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

/** Asks what a revision wants to know before its body runs. */
record PreconditionCheck(Connection connection, Dialect dialect, MigrationScript script, Step step, Telling telling) {

    static final String NEXT =
            "Bring the database to where it holds, or change the precondition, then repeat; where what"
                    + " the revision does is there already, 'stamp' it.";

    /** Why a check does not hold. */
    private record Refusal(
            Check check,
            Otherwise otherwise,
            String said,
            @Nullable SQLException cause) {}

    /**
     * Asks all of them.
     *
     * @param withinTransaction whether a question that the database refuses would end the step's transaction
     * @param aftermath what remains where the run ends here
     * @return whether the body runs
     * @throws PreconditionFailedException when one does not hold and the run is to end
     * @throws DatabaseException when the connection ends
     */
    boolean allows(boolean withinTransaction, Supplier<Aftermath> aftermath) {
        Optional<Preconditions> preconditions =
                step.direction() == Direction.UPGRADE && script.migration() instanceof ConditionalMigration conditional
                        ? conditional.preconditions(dialect.name())
                        : Optional.empty();
        if (preconditions.isEmpty()) {
            return true;
        }
        for (Check check : preconditions.get().checks()) {
            Refusal refusal = refusal(check, preconditions.get(), withinTransaction);
            if (refusal != null) {
                return goesOn(refusal, aftermath);
            }
        }
        return true;
    }

    private boolean goesOn(Refusal refusal, Supplier<Aftermath> aftermath) {
        String said = "Revision " + script.id() + " asks before it runs on " + dialect.title() + ", at "
                + refusal.check().location() + ", whether\n  "
                + refusal.check().sql().on(dialect.name())
                + "\ngives '" + refusal.check().expected() + "', and " + refusal.said() + ".";
        if (refusal.otherwise() == Otherwise.HALT) {
            throw new PreconditionFailedException(script.id(), said, aftermath.get(), refusal.cause());
        }
        boolean passedOver = refusal.otherwise().passesOver();
        telling.preconditionFailed(said + " " + consequence(refusal.otherwise()), passedOver);
        return !passedOver;
    }

    private static String consequence(Otherwise otherwise) {
        return switch (otherwise) {
            case MARK_RAN -> "It counts as applied, and its body does not run (MARK_RAN).";
            case CONTINUE ->
                "It counts as applied, and its body does not run (CONTINUE); Liquibase would ask again at its next run.";
            case WARN -> "It runs all the same (WARN).";
            case HALT -> throw new IllegalStateException("the run ends");
        };
    }

    private @Nullable Refusal refusal(Check check, Preconditions preconditions, boolean withinTransaction) {
        try {
            String wrong =
                    withinTransaction && preconditions.onError() != Otherwise.HALT ? askedApart(check) : ask(check);
            return wrong == null ? null : new Refusal(check, preconditions.onFail(), wrong, null);
        } catch (SQLException e) {
            if (ConnectionLostException.isToldBy(e)) {
                throw new DatabaseException("ask a precondition of revision " + script.id(), e);
            }
            return new Refusal(
                    check,
                    preconditions.onError(),
                    "the question fails: "
                            + String.valueOf(e.getMessage()).strip().replace("\n", "\n  "),
                    e);
        }
    }

    /** A question that the server refuses must not take the step's transaction with it. */
    private @Nullable String askedApart(Check check) throws SQLException {
        try (Transaction apart = Transaction.savepoint(connection)) {
            String wrong = ask(check);
            apart.commit();
            return wrong;
        }
    }

    /** What it gives instead, as words; null where it gives what is expected. */
    private @Nullable String ask(Check check) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(check.sql().on(dialect.name()))) {
                if (!result.next()) {
                    return "it gives no row";
                }
                String value = result.getString(1);
                if (result.getMetaData().getColumnCount() > 1) {
                    return "it gives several columns";
                }
                if (result.next()) {
                    return "it gives several rows";
                }
                return check.expected().equals(value)
                        ? null
                        : value == null ? "it gives NULL" : "it gives '" + value + "'";
            }
        }
    }
}
