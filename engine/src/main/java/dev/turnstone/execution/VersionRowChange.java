package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.history.VersionTable;
import dev.turnstone.operation.Location;
import dev.turnstone.revision.RowChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Changes rows of the version table, each of which must be as it was expected. */
record VersionRowChange(Connection connection, VersionTable versionTable) {

    /**
     * @param checksums what changes beside them, in whatever number of rows
     */
    void make(List<RowChange> changes, List<String> checksums, Aftermath onSurprise) throws SQLException {
        List<String> all = new ArrayList<>(versionTable.statements(changes));
        all.addAll(checksums);
        if (all.size() > 1 && all.stream().allMatch(this::travelsWithOthers)) {
            makeTogether(all, changes.size(), onSurprise);
        } else {
            makeSingly(changes, checksums, onSurprise);
        }
    }

    private boolean travelsWithOthers(String sql) {
        return versionTable
                .dialect()
                .travelsWithOthers(new SqlStatement(sql, Location.of(versionTable.name()), Traits.ORDINARY));
    }

    /** Where a row is not as it was expected, the transaction is rolled back with all that was sent. */
    private void makeTogether(List<String> all, int rowChanges, Aftermath onSurprise) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            jdbc.execute(String.join(";\n", all));
            for (int i = 0; i < rowChanges; i++) {
                int rows = jdbc.getUpdateCount();
                if (rows != 1) {
                    throw VersionRowException.inStatement(versionTable.name(), all.get(i), rows, onSurprise.words());
                }
                jdbc.getMoreResults();
            }
        }
    }

    private void makeSingly(List<RowChange> changes, List<String> checksums, Aftermath onSurprise) throws SQLException {
        for (String sql : versionTable.statements(changes)) {
            try (Statement jdbc = connection.createStatement()) {
                int rows = jdbc.executeUpdate(sql);
                if (rows != 1) {
                    throw VersionRowException.inStatement(versionTable.name(), sql, rows, onSurprise.words());
                }
            }
        }
        for (String sql : checksums) {
            try (Statement jdbc = connection.createStatement()) {
                jdbc.executeUpdate(sql);
            }
        }
    }
}
