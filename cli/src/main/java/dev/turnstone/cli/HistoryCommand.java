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
        description = "Lists the revisions, newest first. Needs a database for the word current and for -i only.",
        footer = {
            "  turnstone history -v",
            "  turnstone history -r current:         what is not applied yet, and where the database is",
            "  turnstone history -r -3:head          the last ones"
        })
final class HistoryCommand extends EngineCommand {

    @Option(
            names = {"-r", "--rev-range"},
            paramLabel = "[A]:[B]",
            description = "From A up to B, both included; any form of a target, and current.")
    private @Nullable String range;

    @Option(
            names = {"-v", "--verbose"},
            description = "All that is known of each revision.")
    private boolean verbose;

    @Option(
            names = {"-i", "--indicate-current"},
            description = "Mark what is applied last.")
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
