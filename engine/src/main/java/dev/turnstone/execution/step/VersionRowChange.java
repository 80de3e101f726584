package dev.turnstone.execution.step;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.execution.StateLeftBehind;
import dev.turnstone.execution.VersionRowException;
import dev.turnstone.history.VersionTable;
import dev.turnstone.operation.Location;
import dev.turnstone.revision.InvalidRevisionIdException;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.RowChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes rows of the version table, and checks that each statement changes exactly one row. */
public record VersionRowChange(Connection connection, VersionTable versionTable) {

    /** Returns the revision ids that changes write to the version table. */
    public static List<RevisionId> writtenIds(List<RowChange> changes) {
        List<RevisionId> ids = new ArrayList<>();
        for (RowChange change : changes) {
            if (change instanceof RowChange.Insert insert) {
                ids.add(insert.id());
            } else if (change instanceof RowChange.Update update) {
                ids.add(update.to());
            }
        }
        return ids;
    }

    /**
     * Changes the rows in as few round trips as the statements allow.
     *
     * @param checksums the statements that change the checksum table, with any number of rows
     */
    public void make(List<RowChange> changes, List<String> checksums, Supplier<StateLeftBehind> stateLeft)
            throws SQLException {
        List<String> ofVersion = versionTable.statements(changes);
        List<String> all = new ArrayList<>(ofVersion);
        all.addAll(checksums);
        if (all.stream().allMatch(this::travels)) {
            sendTogether(all, ofVersion, stateLeft);
        } else {
            sendSeparately(all, ofVersion, stateLeft);
        }
    }

    /**
     * Makes the changes, as {@link #make} does, and reads all rows if that needs no additional round trip.
     *
     * @return the new rows; null if nothing was changed, if a separate query would be necessary, or if a row is not
     *     a valid revision id
     */
    @Nullable
    Set<RevisionId> makeAndRead(List<RowChange> changes, List<String> checksums, Supplier<StateLeftBehind> stateLeft)
            throws SQLException {
        List<String> ofVersion = versionTable.statements(changes);
        List<String> all = new ArrayList<>(ofVersion);
        all.addAll(checksums);
        String rows = versionTable.rowsStatement();
        if (ofVersion.isEmpty() || !travels(rows) || !all.stream().allMatch(this::travels)) {
            make(changes, checksums, stateLeft);
            return null;
        }
        all.add(rows);
        try {
            return sendTogether(all, ofVersion, stateLeft);
        } catch (InvalidRevisionIdException e) {
            return null;
        }
    }

    private boolean travels(String sql) {
        SqlStatement statement = new SqlStatement(sql, Location.of(versionTable.name()), Traits.ORDINARY);
        return versionTable.dialect().travelsWithOthers(statement);
    }

    /**
     * Sends the statements in one round trip.
     *
     * @return the rows, if the last statement reads them
     */
    private @Nullable Set<RevisionId> sendTogether(
            List<String> all, List<String> ofVersion, Supplier<StateLeftBehind> stateLeft) throws SQLException {
        if (all.isEmpty()) {
            return null;
        }
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            boolean hasRows = jdbc.execute(String.join(";\n", all));
            for (int i = 0; i < all.size() && !hasRows; i++) {
                if (i < ofVersion.size()) {
                    requireOneRow(all.get(i), jdbc.getUpdateCount(), stateLeft);
                }
                hasRows = jdbc.getMoreResults();
            }
            return hasRows ? VersionTable.rowsOf(jdbc.getResultSet()) : null;
        }
    }

    private void sendSeparately(List<String> all, List<String> ofVersion, Supplier<StateLeftBehind> stateLeft)
            throws SQLException {
        for (int i = 0; i < all.size(); i++) {
            try (Statement jdbc = connection.createStatement()) {
                int rows = jdbc.executeUpdate(all.get(i));
                if (i < ofVersion.size()) {
                    requireOneRow(all.get(i), rows, stateLeft);
                }
            }
        }
    }

    private void requireOneRow(String sql, int rows, Supplier<StateLeftBehind> stateLeft) {
        if (rows != 1) {
            throw VersionRowException.inStatement(
                    versionTable.name(), sql, rows, stateLeft.get().message());
        }
    }
}
