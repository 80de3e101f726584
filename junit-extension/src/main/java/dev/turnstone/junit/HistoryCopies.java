package dev.turnstone.junit;

import dev.turnstone.database.Isolation;
import dev.turnstone.database.MissingPrivilegeException;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.MigrationTool;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ToolSession;
import dev.turnstone.scenario.cursor.HistoryDatabases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Provides databases at a target of a history. The first two are migrated, and timed. If that takes so long that a copy may
 * be faster, later ones are copies of a database that is kept for the run. Copies are timed too, and the faster alternative
 * is used next. A copy takes at least as long as creating an empty database: if that takes longer than migrating, no copy
 * is tried. Thread-safe.
 */
final class HistoryCopies {

    private static final Map<String, Duration> WORTH_COPYING =
            Map.of("postgresql", Duration.ofMillis(50), "sqlite", Duration.ofMillis(10));

    private final TestDatabases databases;
    private final Map<String, Duration> worthCopying;
    private final Map<Key, Source> sources = new ConcurrentHashMap<>();
    private final Map<String, Duration> makingEmpty = new ConcurrentHashMap<>();

    HistoryCopies(TestDatabases databases) {
        this(databases, WORTH_COPYING);
    }

    /**
     * @param worthCopying by the dialect's name, the shortest migration time for which a copy is tried; zero to copy every
     *     database but the first
     */
    HistoryCopies(TestDatabases databases, Map<String, Duration> worthCopying) {
        this.databases = databases;
        this.worthCopying = worthCopying;
    }

    private record Key(Class<?> testClass, String dialect, String target) {}

    /** Returns a new database at the target, which the caller closes. */
    TestDatabase at(String target, MigrationTestSettings settings, Dialect dialect) {
        return sources.computeIfAbsent(
                        new Key(settings.testClass(), dialect.name(), target),
                        key -> new Source(settings, dialect, target))
                .next();
    }

    /** The source of the databases of one history, dialect and target. */
    private final class Source {

        private final MigrationTool tool;
        private final Dialect dialect;
        private final String target;
        private final ScenarioContext context;
        /** The first alternative is to migrate, the second to copy. */
        private final FasterAlternative ways = new FasterAlternative();

        private int migrated;
        private @Nullable TestDatabase original;
        private boolean onlyByMigrating;

        Source(MigrationTestSettings settings, Dialect dialect, String target) {
            this.tool = settings.tool();
            this.dialect = dialect;
            this.target = target;
            this.context = new ScenarioContext(tool, dialect, databases, settings.options());
        }

        TestDatabase next() {
            TestDatabase template = original();
            return template == null ? migrated() : TestDatabases.pooled(copied(template));
        }

        private TestDatabase copied(TestDatabase template) {
            long begin = System.nanoTime();
            TestDatabase copy = databases.copy(template);
            noteCopy(Duration.ofNanos(System.nanoTime() - begin));
            return copy;
        }

        private synchronized void noteCopy(Duration time) {
            ways.tookSecond(time);
        }

        private synchronized @Nullable TestDatabase original() {
            if (original == null && !onlyByMigrating && isWorthTrying()) {
                try {
                    original = madeForCopies();
                } catch (MissingPrivilegeException e) {
                    onlyByMigrating = true;
                }
            }
            return isAlwaysCopied() || ways.isSecondNext() ? original : null;
        }

        private boolean isWorthTrying() {
            Duration migrating = ways.likelyOfFirst();
            return isAlwaysCopied()
                    ? migrated > 0
                    : migrating.compareTo(worthCopying()) > 0
                            && migrating.compareTo(makingEmpty.getOrDefault(dialect.name(), Duration.ZERO)) > 0;
        }

        private @Nullable TestDatabase madeForCopies() {
            long begin = System.nanoTime();
            TestDatabase empty = new HistoryDatabases(context).create(Isolation.DATABASE);
            if (context.options().before() == null) {
                Duration making = Duration.ofNanos(System.nanoTime() - begin);
                makingEmpty.merge(dialect.name(), making, (a, b) -> a.compareTo(b) < 0 ? a : b);
            }
            if (!isWorthTrying()) {
                empty.close();
                return null;
            }
            TestDatabase made = prepared(empty);
            if (TestDatabases.isCopyable(made)) {
                return made;
            }
            onlyByMigrating = true;
            made.close();
            return null;
        }

        private boolean isAlwaysCopied() {
            return worthCopying().isZero();
        }

        private Duration worthCopying() {
            return worthCopying.getOrDefault(dialect.name(), Duration.ofDays(1));
        }

        private TestDatabase migrated() {
            long begin = System.nanoTime();
            // The migrating connection is also the test's first connection.
            TestDatabase database = prepared(TestDatabases.pooled(new HistoryDatabases(context).create()));
            noteTime(Duration.ofNanos(System.nanoTime() - begin));
            return database;
        }

        private TestDatabase prepared(TestDatabase database) {
            try {
                migrate(database);
                if (isOnlyStatements()) {
                    TestDatabases.forgetSessions(database);
                } else {
                    TestDatabases.endSessions(database);
                }
                return database;
            } catch (RuntimeException | Error e) {
                database.close();
                throw e;
            }
        }

        /** Resets the connection, because migration code may have made the driver cache types. */
        private boolean isOnlyStatements() {
            return tool.graph().revisions().stream().map(Revision::id).allMatch(tool::tellsAll);
        }

        /** The first measurement is discarded, because it includes class loading. */
        private synchronized void noteTime(Duration time) {
            migrated++;
            if (migrated > 1) {
                ways.tookFirst(time);
            }
        }

        private void migrate(TestDatabase database) {
            List<RevisionId> ids = tool.graph().resolve(target, Set.of()).stream()
                    .map(Revision::id)
                    .toList();
            if (ids.isEmpty()) {
                return;
            }
            try (ToolSession session = tool.on(database)) {
                if (context.options().before() == null) {
                    session.upgrade(target);
                } else {
                    // The engine would refuse the first upgrade in a schema that is not empty.
                    Set<RevisionId> wanted = tool.graph().ancestorsOf(ids);
                    tool.graph().revisions().stream()
                            .map(Revision::id)
                            .filter(wanted::contains)
                            .forEach(session::upgradeOne);
                }
            }
        }
    }
}
