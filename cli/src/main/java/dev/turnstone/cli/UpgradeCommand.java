package dev.turnstone.cli;

import dev.turnstone.Migrator;
import dev.turnstone.execution.offline.OfflineScript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Applies revisions. */
@Command(
        name = "upgrade",
        description = "Applies the revisions up to TARGET, each in one transaction with its version row.",
        footer = {
            "  turnstone upgrade                     to the only head",
            "  turnstone upgrade heads               to every head",
            "  turnstone upgrade +1                  one revision",
            "  turnstone upgrade billing@head        to the head of a branch",
            "  turnstone upgrade --sql --dialect postgresql c41d:head > upgrade.sql"
        })
final class UpgradeCommand extends MovingCommand {

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            defaultValue = "head",
            description = "An id or a prefix of it, a label, head, heads, +N, ID+N, LABEL@head. Default: head.")
    private String target = "head";

    @Mixin
    private final RunFlags run = new RunFlags();

    @Mixin
    private final OfflineOptions offline = new OfflineOptions();

    @Override
    void run() {
        String to = target(target);
        if (offline.sql()) {
            String version = offline.clientVersion();
            offline.print(options, (scripts, table) -> OfflineScript.upgrade(scripts, table, to, version), out());
            return;
        }
        Migrator migrator = migrator(run.settings());
        conclude(migrator, migrator.upgrade(requireNoRange(to, migrator)));
    }
}
