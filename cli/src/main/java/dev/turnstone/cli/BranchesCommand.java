package dev.turnstone.cli;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the revisions at which the history forks. */
@Command(
        name = "branches",
        description = "Lists the branch points of the history, with the revisions that follow each. Needs no database.",
        footer = "  turnstone branches")
final class BranchesCommand extends EngineCommand {

    @Option(
            names = {"-v", "--verbose"},
            description = "Show all fields of each revision.")
    private boolean verbose;

    @Override
    void run() {
        History history = options.history();
        RevisionGraph graph = history.graph();
        List<Revision> points = graph.branchPoints().stream().map(graph::get).toList();
        if (options.json()) {
            out().println(RevisionJson.revisions(points, graph, Set.of()));
            return;
        }
        RevisionText text = RevisionText.of(graph);
        for (Revision point : points) {
            out().println(verbose ? text.details(point, history.fileOf(point)) : text.line(point));
            graph.childrenOf(point.id()).forEach(child -> out().println(
                            " ".repeat(point.id().value().length()) + " -> " + text.line(graph.get(child))));
        }
    }
}
