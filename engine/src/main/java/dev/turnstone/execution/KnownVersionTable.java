package dev.turnstone.execution;

import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RevisionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A version table of which a session that goes step by step has learnt what does not change from step to step: that it is
 * there, and how wide it is; and the rows that its last step has left, as long as no one else can change them. Not
 * thread-safe.
 */
final class KnownVersionTable {

    private static final int UNKNOWN = -1;

    private final VersionTable table;
    private boolean there;
    private int width = UNKNOWN;
    private @Nullable Set<RevisionId> rows;

    KnownVersionTable(VersionTable table) {
        this.table = table;
    }

    /**
     * Says what the rows are now.
     *
     * @param now null where that is not known
     */
    void holds(@Nullable Set<RevisionId> now) {
        rows = now;
    }

    /** The rows, or nothing where the table is not there; outside of any transaction. */
    Optional<Set<RevisionId>> read(Connection connection) throws SQLException {
        return rows == null ? ask(connection) : Optional.of(rows);
    }

    /** The same as the database says now; within a transaction only where a failed query does not end it. */
    Optional<Set<RevisionId>> ask(Connection connection) throws SQLException {
        if (there) {
            try {
                return Optional.of(table.rows(connection));
            } catch (SQLException e) {
                // A revision may have dropped it. Whatever else it was, the next question finds it again.
                there = false;
                width = UNKNOWN;
            }
        }
        Optional<Set<RevisionId>> read = table.read(connection);
        there = read.isPresent();
        return read;
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
