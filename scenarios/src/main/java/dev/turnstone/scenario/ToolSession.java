package dev.turnstone.scenario;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tool at work on one database. Not thread-safe.
 *
 * <p>Each method that runs revisions gives the statements that ran, those for the tool's own bookkeeping left out, and
 * throws {@link dev.turnstone.execution.StatementFailedException} when the database refuses one.
 */
public interface ToolSession extends AutoCloseable {

    /** Applies exactly one revision, whose parents are applied. */
    List<SqlStatement> upgradeOne(RevisionId id);

    /** Takes back exactly one revision, on which nothing that is applied rests. */
    List<SqlStatement> downgradeOne(RevisionId id);

    /** Applies what leads to a target, as the user's command would. */
    List<SqlStatement> upgrade(String target);

    /** The revisions that the last command ran, in order; those too that it ran before it failed. */
    List<RevisionId> ran();

    /**
     * Why the last command left out the body of a revision, although it counts it as applied; nothing where it left out
     * none.
     */
    default Optional<String> passedOver() {
        return Optional.empty();
    }

    /** Runs a revision's body again and leaves the version as it is. */
    List<SqlStatement> runBody(RevisionId id, Direction direction);

    /** Notes a revision as applied without running it. */
    void mark(RevisionId id);

    /** Sets the version without running anything. */
    void stamp(String target);

    /** The heads of what is applied. */
    Set<RevisionId> current();

    /**
     * The connection that all of the session's commands run on, to be read on between two of them; nothing where there is
     * none, as when the tool is another process.
     */
    default Optional<Connection> connection() {
        return Optional.empty();
    }

    public @Override void close();
}
