package dev.turnstone.execution.step;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.MigrationCodeException;
import dev.turnstone.execution.StateLeftBehind;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.MigrationScript;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/** The migration of a step in its direction: records its statements, and passes them to a sender. */
record StepBody(RunContext context, MigrationScript script, Step step) {

    /** Returns all statements of a script without barriers. The files of other tools have none. */
    List<SqlStatement> statements() {
        RecordingOperations operations = operations(statements -> {
            throw new IllegalStateException("A file of another tool must not have guards.");
        });
        record(operations);
        return operations.takeRecorded();
    }

    /**
     * Runs the migration.
     *
     * @param plan the plan that the sender follows
     * @param stateLeft the state that a failure of the migration's own code leaves behind
     * @param listener receives the statements that were sent
     * @throws StatementSender.PlanChangedException if the statements require another plan
     */
    void run(
            StatementSender sender,
            TransactionPlan plan,
            Supplier<StateLeftBehind> stateLeft,
            RecordingOperations.Outlet listener) {
        RecordingOperations.Outlet outlet = statements -> {
            plan.check(script, statements);
            readSettings(statements);
            sender.send(statements);
            listener.send(statements);
        };
        RecordingOperations operations = operations(outlet);
        try {
            record(operations);
        } catch (CannotRenderException e) {
            sender.throwFailure();
            throw sender.hasSent() ? e.after(stateLeft.get().message()) : e;
        } catch (TurnstoneException | StatementSender.PlanChangedException e) {
            sender.throwFailure();
            throw e;
        } catch (RuntimeException e) {
            // The failure of the database is more specific than the exception that the migration made of it.
            sender.throwFailure();
            if (script.checksum() != null) {
                // A file of SQL has no code of its own that could fail: this is a defect of Turnstone.
                throw e;
            }
            throw new MigrationCodeException(script.revision(), step.direction(), stateLeft.get(), e);
        }
        sender.throwFailure();
        outlet.send(operations.takeRecorded());
    }

    private void readSettings(List<SqlStatement> statements) {
        try {
            context.settings().beforeRunning(statements);
        } catch (SQLException e) {
            throw new DatabaseException("read the settings of the connection", e);
        }
    }

    private RecordingOperations operations(RecordingOperations.Outlet outlet) {
        return new RecordingOperations(
                context.dialect(),
                context.connection(),
                context.schema(),
                script.revision().origin(),
                outlet);
    }

    private void record(RecordingOperations operations) {
        Dialect dialect = context.dialect();
        if (step.direction() == Direction.UPGRADE) {
            script.migration().upgrade(operations);
        } else if (script.downgrade(dialect.name()) instanceof Downgrade.Defined) {
            script.migration().downgrade(operations);
        }
    }
}
