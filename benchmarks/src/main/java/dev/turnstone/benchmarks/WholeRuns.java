package dev.turnstone.benchmarks;

import dev.turnstone.Migrator;
import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.scenario.StairwayRun;
import dev.turnstone.source.Format;
import dev.turnstone.source.RevisionSources;
import dev.turnstone.source.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Whole runs beside the bare statements, as ratios: {@code WholeRuns [REVISIONS [ROUNDS]]}. What is compared takes turns
 * within one process, after a round that does not count; a line gives the medians.
 */
public final class WholeRuns {

    private final TestDatabases databases;
    private final int rounds;

    private WholeRuns(TestDatabases databases, int rounds) {
        this.databases = databases;
        this.rounds = rounds;
    }

    /** @param args how many revisions (100), how many rounds (5), and the names of dialects (both) */
    public static void main(String[] args) throws IOException, SQLException {
        int revisions = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        List<String> dialects =
                args.length > 2 ? Arrays.asList(args).subList(2, args.length) : List.of("postgresql", "sqlite");
        Path folder = Files.createTempDirectory("turnstone-benchmark");
        List<BareRevision> history = BareRevision.history(revisions);
        BareRevision.write(history, folder);
        Map<String, String> settings = Map.of("turnstone.postgres.source", "embedded");
        try (TestDatabases databases = TestDatabases.with(DatabaseSettings.of(settings::get, Map.of()))) {
            for (String dialect : dialects) {
                new WholeRuns(databases, rounds).measure(Dialect.named(dialect), history, folder);
            }
        } finally {
            TestDatabases.stopEmbedded();
            for (BareRevision revision : history) {
                Files.delete(folder.resolve(revision.id() + "_benchmark.sql"));
            }
            Files.delete(folder);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void measure(Dialect dialect, List<BareRevision> history, Path folder) throws SQLException {
        Scripts scripts = Scripts.load(List.of(RevisionSources.in(folder, Format.TURNSTONE, Map.of())));
        double[] floor = new double[rounds];
        double[] stairway = new double[rounds];
        double[] floorUp = new double[rounds];
        double[] upgrade = new double[rounds];
        int[] looks = new int[1];
        for (int i = -1; i < rounds; i++) {
            try (Floor bare = new Floor(dialect, databases)) {
                note(floor, i, () -> bare.stairway(history));
            }
            note(stairway, i, () -> looks[0] = StairwayRun.walk(scripts, dialect, databases));
            try (Floor bare = new Floor(dialect, databases)) {
                note(floorUp, i, () -> bare.upgrade(history));
            }
            try (TestDatabase database = databases.create(dialect, Isolation.SCHEMA)) {
                Migrator migrator = Migrator.of(database.dataSource(), folder.toString());
                note(upgrade, i, () -> migrator.upgrade("head"));
            }
        }
        print(dialect, history, "stairway, " + looks[0] + " looks", floor, stairway);
        print(dialect, history, "upgrade", floorUp, upgrade);
    }

    private static void note(double[] times, int round, Work work) throws SQLException {
        long start = System.nanoTime();
        work.run();
        if (round >= 0) {
            times[round] = (System.nanoTime() - start) / 1e6;
        }
    }

    private static void print(
            Dialect dialect, List<BareRevision> history, String what, double[] floor, double[] measured) {
        System.out.printf(
                "%s, %d revisions, %s: bare %.0f ms, Turnstone %.0f ms, ratio %.2f%n",
                dialect.title(), history.size(), what, median(floor), median(measured), median(measured) / median(floor));
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
