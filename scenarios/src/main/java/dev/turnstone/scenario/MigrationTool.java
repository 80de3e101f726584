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

/** A tool that migrates, with a history in hand. Scenarios ask nothing else of it. Immutable and thread-safe. */
public interface MigrationTool {

    /** The graph of the history's revisions. */
    RevisionGraph graph();

    /** The format that the history is written in. */
    Format format();

    /** Whether and how a revision can be taken back on a dialect. */
    Downgrade downgrade(RevisionId id, Dialect dialect);

    /** How the statements of a revision's upgrade are put in transactions on a dialect. */
    TransactionMode transaction(RevisionId id, Dialect dialect);

    /** Why a revision's body cannot run twice, in its author's words. */
    Optional<String> rerunExempt(RevisionId id);

    /** Why going down and up again may cost rows or values, in the author's words. */
    Optional<String> lossy(RevisionId id);

    /** Why a revision may break a policy, in the author's words; nothing where it may not. */
    default Optional<String> exempt(RevisionId id, FindingClass policy) {
        return Optional.empty();
    }

    /** Why a revision may block, rewrite or scan tables that others use, in its author's words. */
    Optional<String> locks(RevisionId id);

    /** All statements of the history as far as they can be told without a database. */
    List<SqlStatement> statements(Dialect dialect);

    /** The revisions of which {@link #statements} may lack some, because only a database shows them. */
    default List<RevisionId> unseen(Dialect dialect) {
        return List.of();
    }

    /** Whether a revision does nothing to a database but what its statements do, which a session tells when they ran. */
    boolean tellsAll(RevisionId id);

    /** Where another process finds the same history; nothing where it cannot. */
    default Optional<HistoryPlace> place() {
        return Optional.empty();
    }

    /**
     * The script of one step, for the dialect's own client and without a connection.
     *
     * @param step begins where its version rows say
     * @throws dev.turnstone.execution.NeedsConnectionException when only a connection can tell what the step does
     * @throws dev.turnstone.error.TurnstoneException when it cannot be written for another reason
     */
    String script(Dialect dialect, Step step);

    /**
     * The script of the way from nothing to the heads, or back.
     *
     * @throws dev.turnstone.execution.NeedsConnectionException when only a connection can tell what a step does
     * @throws dev.turnstone.error.TurnstoneException when it cannot be written for another reason
     */
    String script(Dialect dialect, Direction direction);

    /** Puts the tool to work on a database; it holds one connection until it is closed. */
    ToolSession on(TestDatabase database);
}
