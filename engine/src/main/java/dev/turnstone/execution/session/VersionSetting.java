package dev.turnstone.execution.session;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.execution.StateLeftBehind;
import dev.turnstone.execution.step.RevisionChecksums;
import dev.turnstone.execution.step.Transaction;
import dev.turnstone.execution.step.VersionRowChange;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.RowChange;
import dev.turnstone.revision.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Sets the version of a database without running a revision, each time in one transaction. The caller excludes other
 * starts. Used on one thread.
 *
 * @param connection in autocommit mode, without a transaction
 * @param graph the history
 * @param versionTable created if it does not exist
 * @param checksums the checksums of applied revisions, which change with the version
 * @param timeout how long to wait for another transaction on SQLite
 */
record VersionSetting(
        Connection connection,
        RevisionGraph graph,
        VersionTable versionTable,
        RevisionChecksums checksums,
        Duration timeout) {

    private static final StateLeftBehind NOTHING_CHANGED =
            new StateLeftBehind(true, "Nothing was changed. Check the version with 'current', then repeat.");

    /** Returns the changes that set the version. */
    private interface Changes {
        List<RowChange> of(Set<RevisionId> rows);
    }

    /** Records a revision as applied, and returns the new rows. */
    Set<RevisionId> record(RevisionId id) throws SQLException {
        return change(false, rows -> graph.upgradeStep(rows, id).rowChanges());
    }

    /** Sets the heads, and returns the new rows. */
    Set<RevisionId> stamp(Collection<Target> heads) throws SQLException {
        return change(false, rows -> stampChanges(rows, heads));
    }

    /** Deletes all rows, also those with unknown revisions, sets the heads, and returns the new rows. */
    Set<RevisionId> purgeAndStamp(Collection<Target> heads) throws SQLException {
        return change(true, rows -> stampChanges(rows, heads));
    }

    /** Creates the version table if it does not exist, and returns its rows. */
    Set<RevisionId> createTable() throws SQLException {
        return change(false, rows -> List.of());
    }

    /** Creates the version table within the transaction of the caller. */
    void createVersionTable() throws SQLException {
        for (String sql : versionTable.createStatements()) {
            execute(sql);
        }
        checksums.versionTableCreated();
    }

    private List<RowChange> stampChanges(Set<RevisionId> rows, Collection<Target> heads) {
        return graph.stampPath(rows, heads).stream()
                .flatMap(move -> move.rowChanges().stream())
                .toList();
    }

    private Set<RevisionId> change(boolean purges, Changes changes) throws SQLException {
        Dialect dialect = versionTable.dialect();
        try (Transaction transaction = Transaction.begin(connection, dialect, timeout)) {
            boolean exists = versionTable.read(connection).isPresent();
            if (exists) {
                checksums.detect(connection);
            } else {
                createVersionTable();
            }
            if (purges) {
                execute(versionTable.clearStatement());
                for (String sql : checksums.clearing()) {
                    execute(sql);
                }
            }
            Set<RevisionId> before = rows();
            List<RowChange> due = changes.of(before);
            versionTable.checkWidth(connection, VersionRowChange.writtenIds(due), exists);
            VersionRowChange change = new VersionRowChange(connection, versionTable);
            change.make(due, List.of(), () -> NOTHING_CHANGED);
            Set<RevisionId> rows = rows();
            change.make(List.of(), checksums.statements(before, rows), () -> NOTHING_CHANGED);
            transaction.commit();
            return rows;
        }
    }

    private Set<RevisionId> rows() throws SQLException {
        return versionTable.read(connection).orElse(Set.of());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
