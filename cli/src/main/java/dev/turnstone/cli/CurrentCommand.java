package dev.turnstone.cli;

import dev.turnstone.Migrator;
import dev.turnstone.execution.EditedRevision;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the applied heads of the database. */
@Command(
        name = "current",
        description = "Shows the applied heads. Changes nothing, and creates no version table.",
        footer = {"  turnstone current", "  turnstone current --check-heads       status 1 if a revision is not applied"
        })
final class CurrentCommand extends EngineCommand {

    @Option(
            names = {"-v", "--verbose"},
            description = "Show all fields of each revision, and the applied revisions that were edited later.")
    private boolean verbose;

    @Option(names = "--check-heads", description = "Exit with status 1 if a revision is not applied.")
    private boolean checkHeads;

    @Override
    void run() {
        History history = options.history();
        Migrator migrator = options.reader(history, err());
        Set<RevisionId> rows = migrator.current();
        Set<RevisionId> known = new TreeSet<>(rows);
        known.removeIf(id -> !history.graph().contains(id));
        List<Revision> tips = history.graph().currentTips(known).stream()
                .map(history.graph()::get)
                .toList();
        if (checkHeads) {
            migrator.checkHeads();
        }
        if (options.json()) {
            boolean atHeads = known.equals(rows)
                    && history.graph().currentTips(known).equals(history.graph().heads());
            out().println(RevisionJson.current(rows, atHeads, tips, history.graph(), migrator.edited()));
            return;
        }
        RevisionText text = RevisionText.of(history.graph());
        for (Revision tip : tips) {
            out().println(verbose ? text.details(tip, history.fileOf(tip)) : text.line(tip));
        }
        rows.stream().filter(row -> !known.contains(row)).forEach(row -> out().println(
                        RevisionText.coloured(row) + " (applied here, but no file defines it: another branch?)"));
        if (verbose) {
            migrator.edited().forEach(each -> out().println(edited(each)));
        }
    }

    private static String edited(EditedRevision each) {
        return "Edited after it was applied"
                + (each.appliedAt() == null ? "" : " (" + each.appliedAt() + ")") + ": "
                + RevisionText.coloured(each.revision().id()) + ", "
                + each.revision().origin();
    }
}
