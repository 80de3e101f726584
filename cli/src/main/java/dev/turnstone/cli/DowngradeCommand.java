package dev.turnstone.cli;

import dev.turnstone.Migrator;
import dev.turnstone.execution.offline.OfflineScript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reverts revisions. */
@Command(
        name = "downgrade",
        description = {
            "Reverts the revisions above TARGET.",
            "If one of them is irreversible or has no downgrade, nothing runs."
        },
        footer = {
            "  turnstone downgrade -1                one revision",
            "  turnstone downgrade c41d7be0a2f5      to that revision",
            "  turnstone downgrade base              all revisions",
            "  turnstone downgrade --sql head:base"
        })
final class DowngradeCommand extends MovingCommand {

    @Parameters(
            paramLabel = "TARGET",
            description = "An id or a prefix of it, a label, base, -N, ID-N, LABEL@base, LABEL@-N.")
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
