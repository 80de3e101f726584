package dev.turnstone.execution;

import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RevisionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A version table of which a session that goes step by step has learnt what does not change from step to step: that it is
 * there, and how wide it is. Its rows are read each time. Not thread-safe.
 */
final class KnownVersionTable {

    private static final int UNKNOWN = -1;

    private final VersionTable table;
    private boolean there;
    private int width = UNKNOWN;

    KnownVersionTable(VersionTable table) {
        this.table = table;
    }

    /** The rows, or nothing where the table is not there; outside of any transaction. */
    Optional<Set<RevisionId>> read(Connection connection) throws SQLException {
        if (there) {
            try {
                return Optional.of(table.rows(connection));
            } catch (SQLException e) {
                // A revision may have dropped it. Whatever else it was, the next question finds it again.
                there = false;
                width = UNKNOWN;
            }
        }
        Optional<Set<RevisionId>> rows = table.read(connection);
        there = rows.isPresent();
        return rows;
    }

    /**
     * Checks that identifiers fit into the table that {@link #read} has just found or not.
     *
     * @throws dev.turnstone.history.RevisionIdTooLongException when one does not
     */
    void checkWidth(Connection connection, List<RevisionId> ids) throws SQLException {
        if (!there) {
            table.checkWidth(connection, ids, false);
            return;
        }
        if (width == UNKNOWN) {
            width = table.width(connection);
        }
        table.checkWidth(ids, width);
    }
}
