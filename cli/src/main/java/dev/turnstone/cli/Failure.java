package dev.turnstone.cli;

import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.DatabaseUrl;
import dev.turnstone.error.FailureTrace;
import dev.turnstone.error.Secrets;
import dev.turnstone.error.TurnstoneException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Why a command could not run.
 *
 * @param kind for programs, in lower case with hyphens
 * @param message for people; holds no password
 * @param status the exit status of the command
 */
record Failure(String kind, String message, int status) {

    /** Returns the failure for an exception. The stack trace of an unexpected exception is written to a file. */
    static Failure of(Throwable thrown) {
        if (thrown instanceof TurnstoneException known) {
            return new Failure(
                    known.kind(), Secrets.masked(String.valueOf(known.getMessage())), Turnstone.COULD_NOT_RUN);
        }
        if (thrown instanceof UncheckedIOException && thrown.getCause() instanceof FileSystemException refused) {
            String file = String.valueOf(refused.getFile());
            return new Failure(
                    "unusable-file",
                    file + " cannot be used: " + UnreadableFile.reason(Path.of(file), refused),
                    Turnstone.COULD_NOT_RUN);
        }
        FailureTrace trace = FailureTrace.of(thrown);
        return new Failure("internal-error", trace.describe() + " " + trace.remedy(), Turnstone.INTERNAL_ERROR);
    }

    /**
     * Returns this failure without database URLs that were given in the wrong place, such as for a directory: only as the value of {@code
     * --url} is a URL read, and its password known.
     *
     * @param arguments those of the command
     */
    Failure withoutUrls(String... arguments) {
        String shown = message;
        for (String argument : arguments) {
            if (DatabaseUrl.dialectOf(argument) != null) {
                shown = shown.replace(argument, "(the URL of a database)")
                        .replace(Secrets.masked(argument), "(the URL of a database)");
            }
        }
        return new Failure(kind, shown, status);
    }

    /**
     * Prints the failure, as text on standard error or as one JSON object on standard output.
     *
     * @return the exit status
     */
    int report(boolean json, PrintWriter out, PrintWriter err) {
        if (TestDatabases.isInterrupted()) {
            // The command failed because its database was dropped. The shutdown hook prints one line about that.
            return Turnstone.COULD_NOT_RUN;
        }
        if (json) {
            out.println(VerifyJson.error(kind, message));
            out.flush();
        } else {
            err.println("turnstone: " + message);
            err.flush();
        }
        return status;
    }
}
