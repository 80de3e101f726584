package dev.turnstone.cli;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the heads of the history. */
@Command(
        name = "heads",
        description = "Lists the heads: the revisions that no other revision follows. Needs no database.",
        footer = {"  turnstone heads", "  turnstone heads --resolve-dependencies"})
final class HeadsCommand extends EngineCommand {

    @Option(
            names = {"-v", "--verbose"},
            description = "Show all fields of each revision.")
    private boolean verbose;

    @Option(names = "--resolve-dependencies", description = "Leave out heads that another revision depends on.")
    private boolean resolveDependencies;

    @Override
    void run() {
        History history = options.history();
        RevisionGraph graph = history.graph();
        List<Revision> heads = (resolveDependencies ? graph.realHeads() : graph.heads())
                .stream().map(graph::get).toList();
        if (options.json()) {
            out().println(RevisionJson.revisions(heads, graph, java.util.Set.of()));
            return;
        }
        RevisionText text = RevisionText.of(graph);
        for (Revision head : heads) {
            out().println(verbose ? text.details(head, history.fileOf(head)) : text.line(head));
        }
    }
}
