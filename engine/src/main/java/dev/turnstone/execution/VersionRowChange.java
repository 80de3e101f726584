package dev.turnstone.execution;

import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RowChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Changes rows of the version table, each of which must be as it was expected. */
record VersionRowChange(Connection connection, VersionTable versionTable) {

    void make(List<RowChange> changes, Aftermath onSurprise) throws SQLException {
        for (String sql : versionTable.statements(changes)) {
            try (Statement jdbc = connection.createStatement()) {
                int rows = jdbc.executeUpdate(sql);
                if (rows != 1) {
                    throw VersionRowException.inStatement(versionTable.name(), sql, rows, onSurprise.words());
                }
            }
        }
    }
}
