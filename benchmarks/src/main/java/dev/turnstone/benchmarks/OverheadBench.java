package dev.turnstone.benchmarks;

import dev.turnstone.Migrator;
import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.junit.AtRevision;
import dev.turnstone.junit.MigrationTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Measures the cost of a separate database for each test method: the time from the end of one method to the start of the
 * next, in which the first database is dropped and the second is created, against the bare work, which is to migrate an
 * existing empty database.
 *
 * <p>Goals: 15 ms over the bare work for a schema of PostgreSQL, 3 ms for SQLite; {@code @AtRevision} on a history of 100
 * revisions within 60 ms, or no slower than the bare work.
 */
final class OverheadBench {

    private static final int METHODS = 40;
    private static final int ROUNDS = 3;
    private static final String SHORT = "target/two-revisions";
    private static final String LONG = "target/hundred-revisions";
    private static final String NEAR_THE_END = "be0000000095";
    private static final ConcurrentLinkedQueue<Long> BETWEEN = new ConcurrentLinkedQueue<>();
    private static volatile long ended;

    private OverheadBench() {}

    private static void begun() {
        if (ended != 0) {
            BETWEEN.add(System.nanoTime() - ended);
        }
        ended = System.nanoTime();
    }

    /** Nothing but JUnit. */
    static class BareTestCase {
        @RepeatedTest(METHODS)
        void each() {
            begun();
        }
    }

    @MigrationTest(locations = SHORT, dialects = "postgresql")
    static class PostgresTestCase {
        @RepeatedTest(METHODS)
        void each(Connection connection) {
            begun();
        }
    }

    @MigrationTest(locations = SHORT, dialects = "sqlite")
    static class SqliteTestCase {
        @RepeatedTest(METHODS)
        void each(Connection connection) {
            begun();
        }
    }

    @MigrationTest(locations = LONG, dialects = "postgresql")
    static class LongPostgresTestCase {
        @RepeatedTest(METHODS)
        @AtRevision(NEAR_THE_END)
        void each(Connection connection) {
            begun();
        }
    }

    @MigrationTest(locations = LONG, dialects = "sqlite")
    static class LongSqliteTestCase {
        @RepeatedTest(METHODS)
        @AtRevision(NEAR_THE_END)
        void each(Connection connection) {
            begun();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Steps.write(Path.of(SHORT), 2);
        Steps.write(Path.of(LONG), 100);
        Map<String, String> set = Map.of(
                "turnstone.postgres.source",
                "embedded",
                "turnstone.directory",
                Path.of("target", "turnstone").toAbsolutePath().toString());
        try (TestDatabases databases = TestDatabases.with(DatabaseSettings.of(set::get, Map.of()))) {
            System.out.println("| | bare work, ms | a method, ms | over it, ms |\n|---|---|---|---|");
            row("nothing but JUnit", () -> new long[] {0}, () -> between(BareTestCase.class, set));
            for (String dialect : List.of("postgresql", "sqlite")) {
                boolean postgres = !Dialects.named(dialect).storesDatabaseInFile();
                String title = Dialects.named(dialect).title();
                row(
                        title + ", two revisions",
                        () -> migrating(databases, dialect, SHORT, "heads"),
                        () -> between(postgres ? PostgresTestCase.class : SqliteTestCase.class, set));
                row(
                        title + ", `@AtRevision` at the 95th of 100",
                        () -> migrating(databases, dialect, LONG, NEAR_THE_END),
                        () -> between(postgres ? LongPostgresTestCase.class : LongSqliteTestCase.class, set));
            }
            System.out.println("\n"
                    + MachineFacts.line(databases
                            .server(Dialects.named("postgresql"))
                            .replaceFirst("PostgreSQL ", "")
                            .replaceFirst(",.*", "")));
        }
        TestDatabases.stopEmbedded();
    }

    private interface Timing {
        long[] nanos() throws SQLException;
    }

    /** Alternates between both, so that other work on the machine affects both. */
    private static void row(String what, Timing bare, Timing method) throws SQLException {
        LongStream.Builder bareNanos = LongStream.builder();
        LongStream.Builder methodNanos = LongStream.builder();
        for (int round = 0; round < ROUNDS; round++) {
            LongStream.of(bare.nanos()).forEach(bareNanos);
            LongStream.of(method.nanos()).forEach(methodNanos);
        }
        double alone = typical(bareNanos.build().toArray());
        double whole = typical(methodNanos.build().toArray());
        System.out.println(
                String.format(Locale.ROOT, "| %s | %.1f | %.1f | %.1f |", what, alone, whole, whole - alone));
    }

    private static long[] between(Class<?> testCase, Map<String, String> set) {
        BETWEEN.clear();
        ended = 0;
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .configurationParameters(set)
                                    .selectors(DiscoverySelectors.selectClass(testCase))
                                    .build(),
                            summary);
        }
        if (summary.getSummary().getTestsSucceededCount() != METHODS) {
            throw new IllegalStateException(testCase.getSimpleName() + ": only "
                    + summary.getSummary().getTestsSucceededCount() + " of " + METHODS + " methods passed.");
        }
        return BETWEEN.stream().mapToLong(Long::longValue).toArray();
    }

    private static long[] migrating(TestDatabases databases, String dialect, String location, String target)
            throws SQLException {
        long[] times = new long[METHODS];
        for (int run = 0; run < METHODS; run++) {
            try (TestDatabase database = databases.create(Dialects.named(dialect), Isolation.SCHEMA)) {
                Migrator migrator = Migrator.of(database.dataSource(), location);
                long begin = System.nanoTime();
                migrator.upgrade(target);
                times[run] = System.nanoTime() - begin;
            }
        }
        return times;
    }

    /** Returns the lowest decile, which excludes other work on the machine and class loading. */
    private static double typical(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 10] / 1e6;
    }
}
