package dev.turnstone.scenario;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.TransactionMode;
import java.util.List;
import java.util.Optional;

/**
 * A tool that refuses to revert the revisions that the user excluded, so that no scenario has to check it. It is
 * immutable and thread-safe if the wrapped tool is.
 *
 * @param tool the wrapped tool
 * @param selected the selection of revisions
 */
record ToolWithFloor(MigrationTool tool, SelectedRevisions selected) implements MigrationTool {

    @Override
    public RevisionGraph graph() {
        return tool.graph();
    }

    @Override
    public Format format() {
        return tool.format();
    }

    @Override
    public Downgrade downgrade(RevisionId id, Dialect dialect) {
        return selected.keepsFromGoingBelow(id)
                .<Downgrade>map(Downgrade.Irreversible::new)
                .orElseGet(() -> tool.downgrade(id, dialect));
    }

    @Override
    public TransactionMode transaction(RevisionId id, Dialect dialect) {
        return tool.transaction(id, dialect);
    }

    @Override
    public Optional<String> rerunExempt(RevisionId id) {
        return tool.rerunExempt(id);
    }

    @Override
    public Optional<String> lossy(RevisionId id) {
        return tool.lossy(id);
    }

    @Override
    public Optional<String> exempt(RevisionId id, FindingClass policy) {
        return tool.exempt(id, policy);
    }

    @Override
    public Optional<String> locks(RevisionId id) {
        return tool.locks(id);
    }

    @Override
    public List<SqlStatement> statements(Dialect dialect) {
        return tool.statements(dialect);
    }

    @Override
    public List<RevisionId> unseen(Dialect dialect) {
        return tool.unseen(dialect);
    }

    @Override
    public boolean tellsAll(RevisionId id) {
        return tool.tellsAll(id);
    }

    @Override
    public Optional<HistoryPlace> place() {
        return tool.place();
    }

    @Override
    public String script(Dialect dialect, Step step) {
        return tool.script(dialect, step);
    }

    @Override
    public String script(Dialect dialect, Direction direction) {
        return tool.script(dialect, direction);
    }

    @Override
    public ToolSession on(TestDatabase database) {
        return tool.on(database);
    }
}
