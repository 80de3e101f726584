package dev.turnstone.scenario;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A migration tool connected to one database. Not thread-safe.
 *
 * <p>Each method that runs revisions returns the statements that ran, without those for the tool's own records. It
 * throws {@link dev.turnstone.execution.StatementFailedException} if the database refuses a statement.
 */
public interface ToolSession extends AutoCloseable {

    /** Applies exactly one revision. Its parents must be applied. */
    List<SqlStatement> upgradeOne(RevisionId id);

    /** Reverts exactly one revision. No applied revision may depend on it. */
    List<SqlStatement> downgradeOne(RevisionId id);

    /** Applies the revisions that lead to a target, like the user's upgrade command. */
    List<SqlStatement> upgrade(String target);

    /**
     * Returns the revisions that the last command ran, in order. If it failed, these are the revisions that ran before
     * the failure.
     */
    List<RevisionId> ran();

    /**
     * Returns why the last command recorded a revision as applied without running its body; empty if it omitted no
     * body.
     */
    default Optional<String> passedOver() {
        return Optional.empty();
    }

    /** Runs a revision's body again, without a change of the version table. */
    List<SqlStatement> runBody(RevisionId id, Direction direction);

    /** Records a revision as applied without running its body. */
    void mark(RevisionId id);

    /** Stamps the database: sets the version without running a body. */
    void stamp(String target);

    /** Returns the applied heads. */
    Set<RevisionId> current();

    /**
     * Returns the connection on which all commands of the session run, for reads between two commands; empty if there
     * is none, for example because the tool is another process.
     */
    default Optional<Connection> connection() {
        return Optional.empty();
    }

    public @Override void close();
}
