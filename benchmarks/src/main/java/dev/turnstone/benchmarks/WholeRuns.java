package dev.turnstone.benchmarks;

import dev.turnstone.Migrator;
import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.format.MigrationFiles;
import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whole runs beside the bare statements, as ratios. The compared runs alternate in one process, after the same number of
 * warm-up rounds, in which the JVM compiles. A row contains the shortest rounds, which exclude other work on the
 * machine, and in brackets the ratio of the medians.
 */
public final class WholeRuns {

    private final TestDatabases databases;
    private final int rounds;

    private WholeRuns(TestDatabases databases, int rounds) {
        this.databases = databases;
        this.rounds = rounds;
    }

    /**
     * Measures and prints the rows of docs/measurements/benchmarks.md.
     *
     * @param args how many revisions (100), how many rounds (9), and the names of dialects (both)
     */
    public static void main(String[] args) throws IOException, SQLException {
        int revisions = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
        List<String> dialects =
                args.length > 2 ? Arrays.asList(args).subList(2, args.length) : List.of("postgresql", "sqlite");
        Path folder = Files.createTempDirectory("turnstone-benchmark");
        List<BareRevision> history = BareRevision.history(revisions);
        BareRevision.write(history, folder);
        Map<String, String> settings = Map.of("turnstone.postgres.source", "embedded");
        System.out.println("| | revisions | walk | looks | bare statements, ms | Turnstone, ms | ratio |");
        System.out.println("|---|---|---|---|---|---|---|");
        String[] version = {""};
        try (TestDatabases databases = TestDatabases.with(DatabaseSettings.of(settings::get, Map.of()))) {
            for (String dialect : dialects) {
                new WholeRuns(databases, rounds).measure(Dialects.named(dialect), history, folder);
            }
            version[0] = databases.server(Dialects.named("postgresql")).replaceAll("PostgreSQL |,.*", "");
        } finally {
            TestDatabases.stopEmbedded();
            for (BareRevision revision : history) {
                Files.delete(folder.resolve(revision.id() + "_benchmark.sql"));
            }
            Files.delete(folder);
        }
        System.out.println();
        System.out.println(MachineFacts.line(version[0]));
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void measure(Dialect dialect, List<BareRevision> history, Path folder) throws SQLException {
        Scripts scripts = Scripts.load(List.of(MigrationFiles.in(folder, Format.TURNSTONE, Map.of())));
        double[] floor = new double[rounds];
        double[] stairway = new double[rounds];
        double[] floorUp = new double[rounds];
        double[] upgrade = new double[rounds];
        int[] looks = new int[1];
        for (int i = -rounds; i < rounds; i++) {
            note(floor, i, () -> {
                // The scenario also creates and drops its database.
                try (Floor bare = new Floor(dialect, databases)) {
                    bare.stairway(history);
                }
            });
            note(stairway, i, () -> looks[0] = StairwayRun.walk(scripts, dialect, databases));
            try (Floor bare = new Floor(dialect, databases)) {
                note(floorUp, i, () -> bare.upgrade(history));
            }
            try (TestDatabase database = databases.create(dialect, Isolation.SCHEMA)) {
                Migrator migrator = Migrator.of(database.dataSource(), folder.toString());
                note(upgrade, i, () -> migrator.upgrade("head"));
            }
        }
        print(dialect, history, "up, down, up, each with a look", String.valueOf(looks[0]), floor, stairway);
        print(dialect, history, "up", "–", floorUp, upgrade);
    }

    private static void note(double[] times, int round, Work work) throws SQLException {
        long start = System.nanoTime();
        work.run();
        if (round >= 0) {
            times[round] = (System.nanoTime() - start) / 1e6;
        }
    }

    private static void print(
            Dialect dialect, List<BareRevision> history, String walk, String looks, double[] floor, double[] measured) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %s | %.0f | %.0f | %.2f (%.2f) |%n",
                dialect.title(),
                history.size(),
                walk,
                looks,
                shortest(floor),
                shortest(measured),
                shortest(measured) / shortest(floor),
                median(measured) / median(floor));
    }

    private static double shortest(double[] times) {
        return Arrays.stream(times).min().orElseThrow();
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
