package dev.turnstone.cli;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists revisions. */
@Command(
        name = "history",
        description = "Lists the revisions, newest first. Needs a database only for the target current and for -i.",
        footer = {
            "  turnstone history -v",
            "  turnstone history -r current:         the applied head, and all revisions that are not applied",
            "  turnstone history -r -3:head          the last revisions"
        })
final class HistoryCommand extends EngineCommand {

    @Option(
            names = {"-r", "--rev-range"},
            paramLabel = "[A]:[B]",
            description = "The revisions from A to B, both included. A and B are targets, or current.")
    private @Nullable String range;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show all fields of each revision.")
    private boolean verbose;

    @Option(
            names = {"-i", "--indicate-current"},
            description = "Mark the applied heads.")
    private boolean indicateCurrent;

    @Override
    void run() {
        History history = options.history();
        RevisionGraph graph = history.graph();
        boolean asks = indicateCurrent || (range != null && needsDatabase(range));
        Set<RevisionId> rows = asks ? options.reader(history, err()).current() : Set.of();
        List<Revision> revisions = new ArrayList<>(graph.revisions());
        Collections.reverse(revisions);
        if (range != null) {
            revisions = graph.history(range, rows);
        }
        Set<RevisionId> marked = indicateCurrent ? graph.currentTips(rows) : Set.of();
        if (options.json()) {
            out().println(RevisionJson.revisions(revisions, graph, marked));
            return;
        }
        RevisionText text = RevisionText.of(graph, marked);
        for (Revision revision : revisions) {
            out().println(verbose ? text.details(revision, history.fileOf(revision)) : text.historyLine(revision));
        }
    }

    private static boolean needsDatabase(String range) {
        return range.contains("current");
    }
}
