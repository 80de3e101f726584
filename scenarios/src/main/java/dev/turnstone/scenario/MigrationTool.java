package dev.turnstone.scenario;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.TransactionMode;
import java.util.List;
import java.util.Optional;

/**
 * The migration tool under test, with its history. Scenarios need nothing else from a tool. Immutable and thread-safe.
 */
public interface MigrationTool {

    /** Returns the revision graph of the history. */
    RevisionGraph graph();

    /** Returns the format of the history. */
    Format format();

    /** Returns the downgrade of a revision on a dialect, or the reason why it has none. */
    Downgrade downgrade(RevisionId id, Dialect dialect);

    /** Returns how the upgrade statements of a revision are divided into transactions on a dialect. */
    TransactionMode transaction(RevisionId id, Dialect dialect);

    /** Returns the author's reason why a revision's body cannot run twice; empty if it is not rerun-exempt. */
    Optional<String> rerunExempt(RevisionId id);

    /**
     * Returns the author's reason why a downgrade followed by an upgrade can lose rows or values; empty if there is
     * none.
     */
    Optional<String> lossy(RevisionId id);

    /** Returns the author's reason why a revision is exempt from a policy; empty if it is not exempt. */
    default Optional<String> exempt(RevisionId id, FindingClass policy) {
        return Optional.empty();
    }

    /**
     * Returns the author's reason why a revision may block, rewrite or scan tables that are in use; empty if there is
     * none.
     */
    Optional<String> locks(RevisionId id);

    /** Returns all statements of the history that can be determined without a database. */
    List<SqlStatement> statements(Dialect dialect);

    /**
     * Returns the revisions whose statements may be missing from {@link #statements}, because only a run on a database
     * determines them.
     */
    default List<RevisionId> unseen(Dialect dialect) {
        return List.of();
    }

    /** Returns whether the statements that a session returns are the only effect of a revision on a database. */
    boolean tellsAll(RevisionId id);

    /** Returns where another process finds the same history; empty if no other process can. */
    default Optional<HistoryPlace> place() {
        return Optional.empty();
    }

    /**
     * Returns the script of one step, for the dialect's own client and without a connection.
     *
     * @param dialect the dialect of the script
     * @param step the step; its version rows define the state in which it starts
     * @throws dev.turnstone.execution.NeedsConnectionException if the effect of the step depends on a connection
     * @throws dev.turnstone.error.TurnstoneException if the script cannot be written for another reason
     */
    String script(Dialect dialect, Step step);

    /**
     * Returns the script of an upgrade from base to the heads, or of a downgrade from the heads to base.
     *
     * @param dialect the dialect of the script
     * @param direction upgrade or downgrade
     * @throws dev.turnstone.execution.NeedsConnectionException if the effect of a step depends on a connection
     * @throws dev.turnstone.error.TurnstoneException if the script cannot be written for another reason
     */
    String script(Dialect dialect, Direction direction);

    /** Connects the tool to a database. The session holds one connection until it is closed. */
    ToolSession on(TestDatabase database);
}
