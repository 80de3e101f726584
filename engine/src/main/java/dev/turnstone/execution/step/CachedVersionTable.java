package dev.turnstone.execution.step;

import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RevisionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A version table with the facts that a step-by-step session keeps between its steps: that the table exists, its column
 * width, and the rows after the last step as long as no other session can change them. Not thread-safe.
 */
public final class CachedVersionTable {

    private static final int UNKNOWN = -1;

    private final VersionTable table;
    private boolean exists;
    private int width = UNKNOWN;
    private @Nullable Set<RevisionId> rows;

    public CachedVersionTable(VersionTable table) {
        this.table = table;
    }

    /**
     * Sets the current rows.
     *
     * @param current null if they are not known
     */
    public void setRows(@Nullable Set<RevisionId> current) {
        rows = current;
    }

    /** Returns the rows; empty if the table does not exist. Called outside of any transaction. */
    public Optional<Set<RevisionId>> read(Connection connection) throws SQLException {
        return rows == null ? query(connection) : Optional.of(rows);
    }

    /** Reads the rows from the database. Called within a transaction only if a failed query does not end it. */
    public Optional<Set<RevisionId>> query(Connection connection) throws SQLException {
        if (exists) {
            try {
                return Optional.of(table.rows(connection));
            } catch (SQLException e) {
                // A revision may have dropped the table. Any other failure occurs again in the next query.
                exists = false;
                width = UNKNOWN;
            }
        }
        Optional<Set<RevisionId>> read = table.read(connection);
        exists = read.isPresent();
        return read;
    }

    /**
     * Checks that identifiers fit into the table, after {@link #read} determined whether it exists.
     *
     * @throws dev.turnstone.history.RevisionIdTooLongException if an identifier does not fit
     */
    public void checkWidth(Connection connection, List<RevisionId> ids) throws SQLException {
        if (!exists) {
            table.checkWidth(connection, ids, false);
            return;
        }
        if (width == UNKNOWN) {
            width = table.width(connection);
        }
        table.checkWidth(ids, width);
    }
}
