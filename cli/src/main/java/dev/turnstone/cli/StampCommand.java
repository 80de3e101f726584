package dev.turnstone.cli;

import dev.turnstone.Migrator;
import dev.turnstone.execution.offline.OfflineScript;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a revision into the version table without running its body. */
@Command(
        name = "stamp",
        description = {
            "Writes TARGET into the version table without running any revision.",
            "For a database whose schema is already that of TARGET, such as one that was created without migrations."
        },
        footer = {
            "  turnstone stamp head                  the schema is already that of the head",
            "  turnstone stamp base                  no revision is applied",
            "  turnstone stamp --sql head            print the statements instead",
            "  turnstone stamp --purge head          the version table names revisions that no file defines"
        })
final class StampCommand extends MovingCommand {

    @Parameters(paramLabel = "TARGET", arity = "1..*", description = "Ids, labels, head, heads or base.")
    private List<String> targets = List.of();

    @Option(names = "--purge", description = "Empty the version table first, even if it contains unknown revisions.")
    private boolean purge;

    @Mixin
    private final OfflineOptions offline = new OfflineOptions();

    @Override
    void run() {
        String[] to = targets.stream().map(this::target).toArray(String[]::new);
        if (offline.sql()) {
            if (purge) {
                throw new BadOptionException("--purge needs a connection, and --sql opens none. Nothing was written."
                        + " Name the old version instead: turnstone stamp --sql FROM:TO.");
            }
            offline.print(options, (scripts, table) -> OfflineScript.stamp(scripts, table, List.of(to)), out());
            return;
        }
        Migrator migrator = migrator(RunSettings.NONE);
        Set<RevisionId> rows = purge ? migrator.purgeAndStamp(to) : migrator.stamp(to);
        if (options.json()) {
            out().println(RevisionJson.steps(List.of(), rows));
        } else {
            out().println("The version is " + RevisionText.listed(rows, "base") + ".");
        }
    }
}
