package dev.turnstone.cli;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.scenario.KeptSnapshots;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.scenario.roundtrip.FreshInstall;
import dev.turnstone.snapshot.SnapshotMode;
import dev.turnstone.snapshot.UnreadableSnapshotException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the snapshot files with which the schema of a fresh install is compared. */
final class SnapshotOptions {

    private static final String TEST_COMMAND = "the test with -D" + SnapshotMode.PROPERTY + "=update";

    @Option(
            names = "--snapshots",
            paramLabel = "DIR",
            description =
                    "Compare the schema of a fresh install with DIR/schema.DIALECT.txt. If the file does not exist, it is"
                            + " written; on continuous integration (environment variable CI) that is a finding.")
    private @Nullable Path directory;

    @Option(names = "--update-snapshots", description = "Write the files of --snapshots instead.")
    private boolean update;

    /** @throws BadOptionException when {@code --update-snapshots} is given without {@code --snapshots} */
    ScenarioOptions addedTo(ScenarioOptions options) {
        if (directory == null) {
            if (update) {
                throw new BadOptionException("--update-snapshots needs --snapshots DIR, the directory of the files.");
            }
            return options;
        }
        return options.with(KeptSnapshots.in(directory, "schema", update, "Run " + command()));
    }

    /** Returns the failure for an unreadable snapshot file, with the remedy for the command line instead of that for tests. */
    RewordedException unreadable(UnreadableSnapshotException e) {
        return new RewordedException(String.valueOf(e.getMessage()).replace(TEST_COMMAND, command()), e);
    }

    private String command() {
        return "verify with --snapshots " + directory + " --update-snapshots";
    }

    /** Returns the snapshot files of the run's dialects that the run did not use. */
    List<Path> unused(ScenarioOptions options, Collection<Scenario> ran, Collection<Dialect> on) {
        KeptSnapshots kept = options.snapshots();
        return kept == null || ran.stream().noneMatch(FreshInstall.class::isInstance)
                ? List.of()
                : kept.unused(on.stream().map(Dialect::name).toList());
    }
}
