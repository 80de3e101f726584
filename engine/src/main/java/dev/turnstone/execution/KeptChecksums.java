package dev.turnstone.execution;

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

/** Keeps the checksums of what is applied, in a database that has a table for them; in another one it does nothing. */
final class KeptChecksums {

    private final ChecksumTable table;
    private final Scripts scripts;
    private final boolean madeWithVersionTable;
    private boolean there;

    KeptChecksums(VersionTable versionTable, Scripts scripts) {
        this.table = versionTable.checksums();
        this.scripts = scripts;
        this.madeWithVersionTable = versionTable.createStatements().contains(table.createStatement());
    }

    /** Says that the version table has just been made, by all its statements. */
    void versionTableIsMade() {
        there = madeWithVersionTable;
    }

    /** For a script, which cannot ask: its statements make the table where it is not there. */
    List<String> makingForScript() {
        there = madeWithVersionTable;
        return there ? List.of(table.createStatement()) : List.of();
    }

    /** Asks the database whether it has the table, unless that is known. */
    void look(Connection connection) throws SQLException {
        there = there || table.isThere(connection);
    }

    /** What a step changes; nothing for one that leaves the version as it is. */
    List<String> statements(Step step) {
        if (!there || step.rowChanges().isEmpty()) {
            return List.of();
        }
        RevisionId id = step.revision().id();
        return step.direction() == Direction.UPGRADE ? applied(Set.of(id)) : table.takeBack(Set.of(id));
    }

    /** What a change of the version rows alone changes: what counts as applied then is noted as it is now. */
    List<String> statements(Set<RevisionId> rowsBefore, Set<RevisionId> rowsAfter) {
        if (!there || rowsBefore.equals(rowsAfter)) {
            return List.of();
        }
        Set<RevisionId> before = scripts.graph().ancestorsOf(rowsBefore);
        Set<RevisionId> after = scripts.graph().ancestorsOf(rowsAfter);
        Set<RevisionId> gone = new TreeSet<>(before);
        gone.removeAll(after);
        Set<RevisionId> come = new TreeSet<>(after);
        come.removeAll(before);
        List<String> statements = new ArrayList<>(table.takeBack(gone));
        statements.addAll(applied(come));
        return statements;
    }

    /** What forgets all. */
    List<String> clearing() {
        return there ? List.of(table.clearStatement()) : List.of();
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
        List<String> statements = new ArrayList<>(table.takeBack(without)); // one that was in SQL before
        statements.addAll(table.apply(checksums));
        return statements;
    }

    /**
     * The applied revisions whose files are not what they were.
     *
     * @param rows the version rows; those of no revision are passed over
     */
    List<EditedRevision> edited(Connection connection, Set<RevisionId> rows) throws SQLException {
        look(connection);
        if (!there || rows.isEmpty()) {
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
