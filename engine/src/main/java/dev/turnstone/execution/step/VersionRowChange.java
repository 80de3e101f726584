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

    /**
     * Changes the rows in as few round trips as the statements allow.
     *
     * @param checksums the statements that change the checksum table, with any number of rows
     */
    public void make(List<RowChange> changes, List<String> checksums, Supplier<StateLeftBehind> onSurprise)
            throws SQLException {
        List<String> ofVersion = versionTable.statements(changes);
        List<String> all = new ArrayList<>(ofVersion);
        all.addAll(checksums);
        if (all.stream().allMatch(this::travels)) {
            sendTogether(all, ofVersion, onSurprise);
        } else {
            sendSingly(all, ofVersion, onSurprise);
        }
    }

    /**
     * Makes the changes, as {@link #make} does, and reads all rows if that needs no additional round trip.
     *
     * @return the new rows; null if nothing was changed, if a separate query would be necessary, or if a row is not
     *     a valid revision id
     */
    @Nullable
    Set<RevisionId> makeAndRead(List<RowChange> changes, List<String> checksums, Supplier<StateLeftBehind> onSurprise)
            throws SQLException {
        List<String> ofVersion = versionTable.statements(changes);
        List<String> all = new ArrayList<>(ofVersion);
        all.addAll(checksums);
        String rows = versionTable.rowsStatement();
        if (ofVersion.isEmpty() || !travels(rows) || !all.stream().allMatch(this::travels)) {
            make(changes, checksums, onSurprise);
            return null;
        }
        all.add(rows);
        try {
            return sendTogether(all, ofVersion, onSurprise);
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
            List<String> all, List<String> ofVersion, Supplier<StateLeftBehind> onSurprise) throws SQLException {
        if (all.isEmpty()) {
            return null;
        }
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            boolean hasRows = jdbc.execute(String.join(";\n", all));
            for (int i = 0; i < all.size() && !hasRows; i++) {
                if (i < ofVersion.size()) {
                    requireOneRow(all.get(i), jdbc.getUpdateCount(), onSurprise);
                }
                hasRows = jdbc.getMoreResults();
            }
            return hasRows ? VersionTable.rowsOf(jdbc.getResultSet()) : null;
        }
    }

    private void sendSingly(List<String> all, List<String> ofVersion, Supplier<StateLeftBehind> onSurprise)
            throws SQLException {
        for (int i = 0; i < all.size(); i++) {
            try (Statement jdbc = connection.createStatement()) {
                int rows = jdbc.executeUpdate(all.get(i));
                if (i < ofVersion.size()) {
                    requireOneRow(all.get(i), rows, onSurprise);
                }
            }
        }
    }

    private void requireOneRow(String sql, int rows, Supplier<StateLeftBehind> onSurprise) {
        if (rows != 1) {
            throw VersionRowException.inStatement(
                    versionTable.name(), sql, rows, onSurprise.get().message());
        }
    }
}
