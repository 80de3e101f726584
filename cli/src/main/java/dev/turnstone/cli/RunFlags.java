package dev.turnstone.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that runs revisions. */
final class RunFlags {

    @Option(
            names = "--transaction",
            paramLabel = "KIND",
            description = "revision: one for each (default). run: one for all, of which a failure leaves nothing. none:"
                    + " each statement commits by itself.")
    private @Nullable String transaction;

    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            description =
                    "How long a statement waits for a lock, such as 500ms or 5s. Default: the database's setting.")
    private @Nullable String lockTimeout;

    @Option(
            names = "--statement-timeout",
            paramLabel = "TIME",
            description =
                    "How long a statement may run, such as 2min; SQLite has no such limit. Default: the database's"
                            + " setting.")
    private @Nullable String statementTimeout;

    @Option(
            names = "--lock-attempts",
            paramLabel = "N",
            description =
                    "How often a revision is tried where a lock is not given in time, with longer and longer pauses."
                            + " Default: 5.")
    private @Nullable Integer lockAttempts;

    @Option(
            names = "--refuse-edited",
            description = "Run nothing while an applied revision was edited later; see current -v.")
    private @Nullable Boolean refuseEdited;

    RunSettings settings() {
        return new RunSettings(transaction, lockTimeout, statementTimeout, lockAttempts, refuseEdited);
    }
}
