package dev.turnstone.cli;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a new revision. */
@Command(
        name = "revision",
        description = "Writes the file of a new revision, with an empty upgrade and downgrade. Needs no database.",
        footer = {
            "  turnstone revision -m 'give jobs a priority'",
            "  turnstone revision -m 'fill the priority' --java",
            "  turnstone revision -m 'begin billing' --head base --branch-label billing",
            "  turnstone revision -m 'another way' --head c41d7be0a2f5 --splice"
        })
final class RevisionCommand extends WritingCommand {

    @Option(
            names = "--head",
            defaultValue = "head",
            paramLabel = "REV",
            description = "The parent: a head, LABEL@head, or base for a new base. Default: head.")
    private String head = "head";

    @Option(names = "--splice", description = "Allow a parent that is not a head, which starts a new branch.")
    private boolean splice;

    @Option(
            names = "--depends-on",
            split = ",",
            paramLabel = "REV",
            description = "The id or label of a revision that must be applied first; may be repeated.")
    private List<String> dependsOn = List.of();

    @ArgGroup
    private final Kind kind = new Kind();

    /** The kind of file to write. */
    private static final class Kind {
        @SuppressWarnings(
                "UnusedVariable") // It is the default; the option exists so that it can be given, and excludes --java.
        @Option(names = "--sql", description = "Write an SQL revision file (default).")
        private boolean sql;

        @Option(names = "--java", description = "Write a Java class.")
        private boolean java;
    }

    @Override
    void run() {
        if (message == null) {
            throw new BadOptionException(
                    "The message is missing. Describe the revision: turnstone revision -m 'give jobs a priority'.");
        }
        History history = options.history();
        history.requireOwnFormat();
        List<Revision> parents = splice
                ? history.graph().resolve(head, Set.of())
                : history.graph().resolveHeads(head);
        List<RevisionId> ids = parents.stream().map(Revision::id).toList();
        NewRevision revision = NewRevision.in(history.graph(), id, ids, dependsOn, labels, message);
        if (kind.java) {
            writeJava(revision, history);
        } else {
            writeSql(revision, history);
        }
    }
}
