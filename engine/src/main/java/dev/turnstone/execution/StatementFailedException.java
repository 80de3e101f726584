package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Thrown when the database rejects a statement of a revision. */
public final class StatementFailedException extends TurnstoneException {

    private static final int MAX_CHARACTERS = 600;

    private final transient RevisionId revision;
    private final Direction direction;
    private final transient @Nullable SqlStatement statement;
    private final boolean rolledBack;

    public StatementFailedException(
            RevisionId revision,
            Direction direction,
            String database,
            @Nullable SqlStatement statement,
            SQLException cause,
            StateLeftBehind stateLeft) {
        super(message(revision, direction, database, statement, cause, stateLeft), cause);
        this.revision = revision;
        this.direction = direction;
        this.statement = statement;
        this.rolledBack = stateLeft.rolledBack();
    }

    private static String message(
            RevisionId revision,
            Direction direction,
            String database,
            @Nullable SqlStatement statement,
            SQLException cause,
            StateLeftBehind stateLeft) {
        StringBuilder text = new StringBuilder("Revision ")
                .append(revision)
                .append(" fails on ")
                .append(database)
                .append(direction == Direction.UPGRADE ? " when it is upgraded" : " when it is downgraded");
        if (statement != null) {
            text.append(", at ").append(statement.location()).append(":\n  ").append(shortened(statement.text()));
        } else {
            text.append(':');
        }
        return text.append("\n  ")
                .append(String.valueOf(cause.getMessage()).strip().replace("\n", "\n  "))
                .append('\n')
                .append(stateLeft.message())
                .toString();
    }

    private static String shortened(String sql) {
        String shown = sql.length() <= MAX_CHARACTERS ? sql : sql.substring(0, MAX_CHARACTERS) + "…";
        return shown.replace("\n", "\n  ");
    }

    /** Returns the revision. */
    public RevisionId revision() {
        return revision;
    }

    /** Returns whether the revision was being applied or reverted. */
    public Direction direction() {
        return direction;
    }

    /**
     * Returns the failed statement; null for a failure at the commit, and if a replay did not reproduce the failure.
     */
    public @Nullable SqlStatement statement() {
        return statement;
    }

    /** Returns whether the database is in the same state as before the revision. */
    public boolean rolledBack() {
        return rolledBack;
    }

    /** Returns the exception of the database. */
    public SQLException sqlException() {
        return (SQLException) Objects.requireNonNull(getCause());
    }
}
