package dev.turnstone.source;

import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Direction;
import java.util.List;

/** A migration whose SQL can be inspected without running it. */
public interface PlannedSql {

    /**
     * Returns the pieces of SQL that would run in the revision's transaction, including guarded ones.
     *
     * @param dialect {@code sqlite} or {@code postgresql}
     */
    List<SqlText> inTransaction(Direction direction, String dialect);

    /** Returns whether a part of the SQL runs outside the revision's transaction. */
    boolean leavesTransaction(Direction direction, String dialect);
}
