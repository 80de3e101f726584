package dev.turnstone.cli;

import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a revision that merges several heads. */
@Command(
        name = "merge",
        description = "Writes the file of a revision that merges several heads. Needs no database.",
        footer = {"  turnstone merge heads -m 'join invoices and e-mail'", "  turnstone merge 3f2a91c0 b71c44de"})
final class MergeCommand extends WritingCommand {

    @Parameters(paramLabel = "REV", arity = "1..*", description = "The heads to merge, or heads for all of them.")
    private List<String> revisions = List.of();

    @Override
    void run() {
        History history = options.history();
        history.requireOwnFormat();
        TreeSet<RevisionId> parents = new TreeSet<>();
        for (String revision : revisions) {
            history.graph().resolveHeads(target(revision)).forEach(parent -> parents.add(parent.id()));
        }
        if (parents.size() < 2) {
            throw new BadOptionException("A merge needs two heads or more; " + String.join(", ", revisions) + " "
                    + (parents.isEmpty() ? "names none." : "names " + parents.first() + " only.")
                    + " Nothing was written.");
        }
        String words = message == null ? "merge " + RevisionText.listed(parents, "") : message;
        writeSql(NewRevision.in(history.graph(), id, List.copyOf(parents), List.of(), labels, words), history);
    }
}
