package dev.turnstone.cli;

import dev.turnstone.Migrator;
import java.util.List;
import picocli.CommandLine.Command;

/** Creates the version table. */
@Command(
        name = "ensure-version",
        description = "Creates the version table if it does not exist, and changes nothing else.",
        footer = "  turnstone ensure-version")
final class EnsureVersionCommand extends MovingCommand {

    @Override
    void run() {
        Migrator migrator = migrator(RunSettings.NONE);
        migrator.ensureVersionTable();
        if (options.json()) {
            out().println(RevisionJson.steps(List.of(), migrator.current()));
        } else {
            out().println("The version table " + options.settings().versionTableOrDefault() + " exists.");
        }
    }
}
