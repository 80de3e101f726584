package dev.turnstone.cli;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.scenario.OwnRows;
import dev.turnstone.scenario.OwnRowsException;
import dev.turnstone.scenario.RowOptions;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.source.Scripts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The files with rows of the user's own. */
final class SeedOptions {

    @Option(
            names = "--seed",
            paramLabel = "REVISION=FILE",
            description =
                    "Rows that tables hold from a revision on, instead of generated ones: FILE.sql has statements;"
                            + " TABLE.csv the rows of a table, below a line with its columns. May be repeated.")
    private List<String> seeds = List.of();

    /**
     * Adds the rows of a history that runs on a dialect.
     *
     * @param kept the rows that the project keeps; those of the options come after them
     * @param all the histories of the run; a revision is in one of them
     * @throws BadOptionException when a seed is not understood, its file cannot be read, or its revision is in none of the
     *     histories
     * @throws TurnstoneException when a file is not there
     */
    ScenarioOptions addedTo(
            ScenarioOptions options, List<OwnRows> kept, Dialect dialect, Scripts history, Collection<Scripts> all) {
        RowOptions rows = options.rows();
        for (OwnRows own : Stream.concat(kept.stream(), read().stream()).toList()) {
            if (all.stream().noneMatch(scripts -> isIn(scripts, own))) {
                throw new BadOptionException("--seed " + own.revision() + "=" + own.place()
                        + " (or seed of [verify]) names a revision that is not there: '" + own.revision()
                        + "'. Write its id, or the beginning"
                        + " of it.");
            }
            if (isIn(history, own)) {
                rows = rows.with(readFor(dialect.name(), own));
            }
        }
        return options.with(rows);
    }

    private static OwnRows readFor(String dialect, OwnRows own) {
        try {
            return own.readFor(dialect);
        } catch (OwnRowsException e) {
            Throwable missing = e.getCause();
            if (missing != null && missing.getCause() instanceof IOException cause) {
                throw UnreadableFile.of("--seed (or seed of [verify])", own.place(), dialect, cause);
            }
            throw e;
        }
    }

    private List<OwnRows> read() {
        List<OwnRows> read = new ArrayList<>();
        for (String seed : seeds) {
            int at = seed.indexOf('=');
            if (at <= 0 || at == seed.length() - 1) {
                throw new BadOptionException(
                        "--seed is REVISION=FILE, such as c41d7be0a2f5=readers.csv, not '" + seed + "'.");
            }
            read.add(OwnRows.ofFile(seed.substring(0, at), seed.substring(at + 1), SeedOptions.class.getClassLoader()));
        }
        return read;
    }

    /** Where each dialect has a history of its own, a revision need not be in both. */
    private static boolean isIn(Scripts scripts, OwnRows own) {
        try {
            return scripts.graph().resolveOne(own.revision(), Set.of()).isPresent();
        } catch (TurnstoneException e) {
            return false;
        }
    }
}
