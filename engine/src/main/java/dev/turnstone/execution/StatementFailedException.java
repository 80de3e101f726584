package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Thrown when the database refuses a statement of a revision. */
public final class StatementFailedException extends TurnstoneException {

    private static final int SHOWN = 600;

    private final transient RevisionId revision;
    private final Direction direction;
    private final transient @Nullable SqlStatement statement;
    private final boolean rolledBack;

    StatementFailedException(
            RevisionId revision,
            Direction direction,
            String database,
            @Nullable SqlStatement statement,
            SQLException cause,
            Aftermath aftermath) {
        super(message(revision, direction, database, statement, cause, aftermath), cause);
        this.revision = revision;
        this.direction = direction;
        this.statement = statement;
        this.rolledBack = aftermath.rolledBack();
    }

    private static String message(
            RevisionId revision,
            Direction direction,
            String database,
            @Nullable SqlStatement statement,
            SQLException cause,
            Aftermath aftermath) {
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
                .append(aftermath.words())
                .toString();
    }

    private static String shortened(String sql) {
        String shown = sql.length() <= SHOWN ? sql : sql.substring(0, SHOWN) + "…";
        return shown.replace("\n", "\n  ");
    }

    /** The revision. */
    public RevisionId revision() {
        return revision;
    }

    /** Whether it was being applied or taken back. */
    public Direction direction() {
        return direction;
    }

    /** The statement that failed; null at the commit, and where a replay did not show it again. */
    public @Nullable SqlStatement statement() {
        return statement;
    }

    /** Whether the database is as it was before the revision. */
    public boolean rolledBack() {
        return rolledBack;
    }

    /** What the database said. */
    public SQLException sqlException() {
        return (SQLException) Objects.requireNonNull(getCause());
    }
}
