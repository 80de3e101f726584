package dev.turnstone.junit;

import dev.turnstone.Migrator;
import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * What a database of its own costs a test method: the time from one method's end to the next one's begin, with the database
 * of the first dropped and that of the second made, beside the bare work, which is to migrate an empty database that is
 * there.
 *
 * <p>Goals: 15 ms over the bare work for a schema of PostgreSQL, 3 ms for SQLite; {@code @AtRevision} on a history of 100
 * revisions within 60 ms altogether.
 */
final class OverheadBench {

    private static final int METHODS = 60;
    private static final int WARM_UP = 20;
    private static final Path LONG = Path.of("target", "hundred-revisions");
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

    @MigrationTest(dialects = "postgresql")
    static class PostgresTestCase {
        @RepeatedTest(METHODS)
        void each(Connection connection) {
            begun();
        }
    }

    @MigrationTest(dialects = "sqlite")
    static class SqliteTestCase {
        @RepeatedTest(METHODS)
        void each(Connection connection) {
            begun();
        }
    }

    @MigrationTest(locations = "target/hundred-revisions", dialects = "postgresql")
    static class LongPostgresTestCase {
        @RepeatedTest(METHODS)
        @AtRevision("ab0000000095")
        void each(Connection connection) {
            begun();
        }
    }

    @MigrationTest(locations = "target/hundred-revisions", dialects = "sqlite")
    static class LongSqliteTestCase {
        @RepeatedTest(METHODS)
        @AtRevision("ab0000000095")
        void each(Connection connection) {
            begun();
        }
    }

    public static void main(String[] arguments) throws Exception {
        LongHistory.write(LONG, 100);
        Map<String, String> set =
                Map.of("turnstone.postgres.source", "embedded", "turnstone.directory", Launch.DIRECTORY.toString());
        try (TestDatabases databases = TestDatabases.with(DatabaseSettings.of(set::get, Map.of()))) {
            double junit = between(BareTestCase.class, set);
            row("nothing but JUnit", 0, junit);
            for (String dialect : List.of("postgresql", "sqlite")) {
                boolean postgres = dialect.equals("postgresql");
                row(
                        dialect + ", two revisions",
                        migrating(databases, dialect, Migrator.DEFAULT_LOCATION),
                        between(postgres ? PostgresTestCase.class : SqliteTestCase.class, set));
                row(
                        dialect + ", at the 95th of 100",
                        migrating(databases, dialect, LONG.toString()),
                        between(postgres ? LongPostgresTestCase.class : LongSqliteTestCase.class, set));
            }
        }
        TestDatabases.stopEmbedded();
    }

    private static void row(String what, double bare, double method) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-32s bare %6.1f ms   method %6.1f ms   over %6.1f ms",
                what,
                bare,
                method,
                method - bare));
    }

    private static double between(Class<?> testCase, Map<String, String> set) {
        BETWEEN.clear();
        ended = 0;
        EngineTestKit.engine("junit-jupiter")
                .configurationParameters(set)
                .selectors(DiscoverySelectors.selectClass(testCase))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.failed(0).succeeded(METHODS));
        return typical(BETWEEN.stream().mapToLong(Long::longValue).skip(WARM_UP).toArray());
    }

    private static double migrating(TestDatabases databases, String dialect, String location) throws SQLException {
        long[] times = new long[METHODS - WARM_UP];
        for (int run = 0; run < METHODS; run++) {
            try (TestDatabase database = databases.create(Dialect.named(dialect), Isolation.SCHEMA)) {
                Migrator migrator = Migrator.of(database.dataSource(), location);
                long begin = System.nanoTime();
                migrator.upgrade("heads");
                if (run >= WARM_UP) {
                    times[run - WARM_UP] = System.nanoTime() - begin;
                }
            }
        }
        return typical(times);
    }

    /** The lowest decile: what other work on the machine adds is not meant. */
    private static double typical(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 10] / 1e6;
    }
}
