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

/** The option for seed rows. */
final class SeedOptions {

    @Option(
            names = "--seed",
            paramLabel = "REVISION=FILE",
            description = "Seed rows from a revision on, which replace generated rows: FILE.sql contains statements;"
                    + " TABLE.csv contains the rows of a table, after a line with its columns. May be repeated.")
    private List<String> seeds = List.of();

    /**
     * Adds the seed rows of a history on a dialect.
     *
     * @param kept the seed rows of the configuration file; those of the options come after them
     * @param all the histories of the run; a revision is in one of them
     * @throws BadOptionException when a seed is invalid, its file cannot be read, or its revision is in none of the
     *     histories
     * @throws TurnstoneException when a file does not exist
     */
    ScenarioOptions addedTo(
            ScenarioOptions options, List<OwnRows> kept, Dialect dialect, Scripts history, Collection<Scripts> all) {
        RowOptions rows = options.rows();
        for (OwnRows own : Stream.concat(kept.stream(), read().stream()).toList()) {
            if (all.stream().noneMatch(scripts -> isIn(scripts, own))) {
                throw new BadOptionException("--seed " + own.revision() + "=" + own.place()
                        + " (or seed of [verify]) names a revision that does not exist: '" + own.revision()
                        + "'. Write its id, or a prefix"
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
                        "--seed must be REVISION=FILE, such as c41d7be0a2f5=readers.csv, not '" + seed + "'.");
            }
            read.add(OwnRows.ofFile(seed.substring(0, at), seed.substring(at + 1), SeedOptions.class.getClassLoader()));
        }
        return read;
    }

    /** Resolves a revision. If each dialect has its own history, the revision need not be in both. */
    private static boolean isIn(Scripts scripts, OwnRows own) {
        try {
            return scripts.graph().resolveOne(own.revision(), Set.of()).isPresent();
        } catch (TurnstoneException e) {
            return false;
        }
    }
}
