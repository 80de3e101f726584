package dev.turnstone.cli;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.scenario.FreshInstall;
import dev.turnstone.scenario.KeptSnapshots;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioOptions;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files with which the schema of a fresh install is compared. */
final class SnapshotOptions {

    @Option(
            names = "--snapshots",
            paramLabel = "DIR",
            description =
                    "Compare the schema of a fresh install with DIR/schema.DIALECT.txt. Where there is no such file, it is"
                            + " written; on continuous integration (CI in the environment) that is a finding.")
    private @Nullable Path directory;

    @Option(names = "--update-snapshots", description = "Write the files of --snapshots instead.")
    private boolean update;

    /** @throws BadOptionException when files are to be written and no one says where */
    ScenarioOptions addedTo(ScenarioOptions options) {
        if (directory == null) {
            if (update) {
                throw new BadOptionException("--update-snapshots needs --snapshots DIR, which says where they are.");
            }
            return options;
        }
        return options.with(KeptSnapshots.in(
                directory, "schema", update, "Run verify with --snapshots " + directory + " --update-snapshots"));
    }

    /** The files that the run has not needed, of the dialects that it was on. */
    List<Path> unused(ScenarioOptions options, Collection<Scenario> ran, Collection<Dialect> on) {
        KeptSnapshots kept = options.snapshots();
        return kept == null || ran.stream().noneMatch(FreshInstall.class::isInstance)
                ? List.of()
                : kept.unused(on.stream().map(Dialect::name).toList());
    }
}
