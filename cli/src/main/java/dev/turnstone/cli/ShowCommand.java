package dev.turnstone.cli;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows revisions. */
@Command(
        name = "show",
        description = "Shows all fields of a revision. Needs a database only for the target current.",
        footer = {"  turnstone show head", "  turnstone show current"})
final class ShowCommand extends EngineCommand {

    @Parameters(paramLabel = "REV", description = "An id or a prefix of it, a label, head, heads or current.")
    private String revision = "";

    @Override
    void run() {
        History history = options.history();
        Set<RevisionId> rows =
                revision.contains("current") ? options.reader(history, err()).current() : Set.of();
        List<Revision> shown = history.graph().resolve(target(revision), rows);
        if (options.json()) {
            out().println(RevisionJson.revisions(shown, history.graph(), rows));
            return;
        }
        RevisionText text = RevisionText.of(history.graph(), rows);
        shown.forEach(each -> out().println(text.details(each, history.fileOf(each))));
    }
}
