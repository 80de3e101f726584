package dev.turnstone.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that applies or reverts revisions. */
final class RunFlags {

    @Option(
            names = "--transaction",
            paramLabel = "KIND",
            description =
                    "revision: one for each revision (default). run: one for the whole run, so that a failure changes nothing. none:"
                            + " each statement is committed by itself.")
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
                    "How many times a revision is tried if a lock times out, with increasing pauses between the attempts."
                            + " Default: 5.")
    private @Nullable Integer lockAttempts;

    @Option(
            names = "--refuse-edited",
            description = "Run nothing if an applied revision was edited later; see current -v.")
    private @Nullable Boolean refuseEdited;

    RunSettings settings() {
        return new RunSettings(transaction, lockTimeout, statementTimeout, lockAttempts, refuseEdited);
    }
}
