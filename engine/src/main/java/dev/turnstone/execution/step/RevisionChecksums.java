package dev.turnstone.execution.step;

import dev.turnstone.execution.EditedRevision;
import dev.turnstone.history.ChecksumTable;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Updates and compares the stored checksums of applied revisions. Does nothing in a database without a checksum table.
 */
public final class RevisionChecksums {

    private final ChecksumTable table;
    private final Scripts scripts;
    private final boolean createdWithVersionTable;
    private boolean exists;

    public RevisionChecksums(VersionTable versionTable, Scripts scripts) {
        this.table = versionTable.checksums();
        this.scripts = scripts;
        this.createdWithVersionTable = versionTable.createStatements().contains(table.createStatement());
    }

    /** Records that the version table was just created, together with the tables that belong to it. */
    public void versionTableCreated() {
        exists = createdWithVersionTable;
    }

    /** Returns the statements that create the table in a script if it does not exist. */
    public List<String> createForScript() {
        exists = createdWithVersionTable;
        return exists ? List.of(table.createStatement()) : List.of();
    }

    /** Reads whether the table exists, unless that is known. */
    public void detect(Connection connection) throws SQLException {
        exists = exists || table.exists(connection);
    }

    /** Returns the statements for a step; empty for a step that does not change the version. */
    public List<String> statements(Step step) {
        if (!exists || step.rowChanges().isEmpty()) {
            return List.of();
        }
        RevisionId id = step.revision().id();
        return step.direction() == Direction.UPGRADE ? applied(Set.of(id)) : table.deleteStatements(Set.of(id));
    }

    /**
     * Returns the statements for a change of only the version rows. For newly applied revisions, the current checksums
     * are stored.
     */
    public List<String> statements(Set<RevisionId> rowsBefore, Set<RevisionId> rowsAfter) {
        if (!exists || rowsBefore.equals(rowsAfter)) {
            return List.of();
        }
        Set<RevisionId> before = scripts.graph().ancestorsOf(rowsBefore);
        Set<RevisionId> after = scripts.graph().ancestorsOf(rowsAfter);
        Set<RevisionId> removed = new TreeSet<>(before);
        removed.removeAll(after);
        Set<RevisionId> added = new TreeSet<>(after);
        added.removeAll(before);
        List<String> statements = new ArrayList<>(table.deleteStatements(removed));
        statements.addAll(applied(added));
        return statements;
    }

    /** Returns the statements that delete all checksums. */
    public List<String> clearing() {
        return exists ? List.of(table.clearStatement()) : List.of();
    }

    private List<String> applied(Set<RevisionId> ids) {
        Map<RevisionId, String> checksums = new TreeMap<>();
        List<RevisionId> without = new ArrayList<>();
        for (RevisionId id : ids) {
            String checksum = scripts.script(id).checksum();
            if (checksum == null) {
                without.add(id);
            } else {
                checksums.put(id, checksum);
            }
        }
        // A revision that has no checksum now may have had one when it was applied before.
        List<String> statements = new ArrayList<>(table.deleteStatements(without));
        statements.addAll(table.storeStatements(checksums));
        return statements;
    }

    /**
     * Returns the applied revisions whose files changed.
     *
     * @param rows the version rows; rows that name no revision are ignored
     */
    public List<EditedRevision> edited(Connection connection, Set<RevisionId> rows) throws SQLException {
        detect(connection);
        if (!exists || rows.isEmpty()) {
            return List.of();
        }
        Set<RevisionId> known = new TreeSet<>(rows);
        known.removeIf(id -> !scripts.graph().contains(id));
        Set<RevisionId> applied = scripts.graph().ancestorsOf(known);
        List<EditedRevision> edited = new ArrayList<>();
        table.read(connection).forEach((id, entry) -> {
            if (applied.contains(id)) {
                MigrationScript script = scripts.script(id);
                String now = script.checksum();
                if (now != null && !now.equals(entry.checksum())) {
                    edited.add(new EditedRevision(script.revision(), entry.appliedAt(), entry.checksum(), now));
                }
            }
        });
        return edited;
    }
}
