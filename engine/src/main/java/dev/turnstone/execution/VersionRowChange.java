package dev.turnstone.execution;

import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RowChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Changes rows of the version table, each of which must be as it was expected. */
record VersionRowChange(Connection connection, VersionTable versionTable) {

    /**
     * @param checksums what changes beside them, in whatever number of rows
     */
    void make(List<RowChange> changes, List<String> checksums, Aftermath onSurprise) throws SQLException {
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
