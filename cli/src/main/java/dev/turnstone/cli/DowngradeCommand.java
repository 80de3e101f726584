package dev.turnstone.cli;

import dev.turnstone.Migrator;
import dev.turnstone.execution.offline.OfflineScript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes revisions back. */
@Command(
        name = "downgrade",
        description = {
            "Takes back what lies above TARGET.",
            "A revision that is irreversible, or has no downgrade, is refused before anything runs."
        },
        footer = {
            "  turnstone downgrade -1                one revision back",
            "  turnstone downgrade c41d7be0a2f5      to that revision",
            "  turnstone downgrade base              all the way",
            "  turnstone downgrade --sql head:base"
        })
final class DowngradeCommand extends MovingCommand {

    @Parameters(
            paramLabel = "TARGET",
            description = "An id or its beginning, a label, base, -N, ID-N, LABEL@base, LABEL@-N.")
    private String target = "";

    @Mixin
    private final RunFlags run = new RunFlags();

    @Mixin
    private final OfflineOptions offline = new OfflineOptions();

    @Override
    void run() {
        String to = target(target);
        if (offline.sql()) {
            String version = offline.clientVersion();
            offline.print(options, (scripts, table) -> OfflineScript.downgrade(scripts, table, to, version), out());
            return;
        }
        Migrator migrator = migrator(run.settings());
        conclude(migrator, migrator.downgrade(requireNoRange(to, migrator)));
    }
}
