package dev.turnstone.source;

import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Direction;
import java.util.List;

/** A migration whose SQL can be looked at without running it. */
public interface PlannedSql {

    /**
     * The pieces of SQL that would run in the revision's transaction, those under guards included.
     *
     * @param dialect {@code sqlite} or {@code postgresql}
     */
    List<SqlText> inTransaction(Direction direction, String dialect);

    /** Whether a part of it stands outside of the revision's transaction. */
    boolean leavesTransaction(Direction direction, String dialect);
}
