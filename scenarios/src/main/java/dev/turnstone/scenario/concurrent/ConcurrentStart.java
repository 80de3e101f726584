package dev.turnstone.scenario.concurrent;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.HistoryPlace;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.concurrent.SimultaneousStarts.Start;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.cursor.HistoryDatabases;
import dev.turnstone.scenario.cursor.LockWaits;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.scenario.cursor.StatementWatch;
import dev.turnstone.schema.ObjectId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks several simultaneous starts, of threads and of processes: each revision runs once, no start fails, and no
 * start waits without end.
 */
public final class ConcurrentStart implements Scenario {

    private static final int THREADS = 6;
    private static final int PROCESSES = 3;

    @Override
    public String name() {
        return "concurrent-start";
    }

    @Override
    public String proves() {
        return "If several processes start at the same time, each revision is applied once, and no process fails.";
    }

    @Override
    public boolean isDefault() {
        return false;
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return new Run(this, context);
    }

    private static final class Run extends CursorRun {

        private @Nullable DatabaseState undisturbed;

        Run(Scenario scenario, ScenarioContext context) {
            super(scenario, context);
        }

        @Override
        public List<Check> checks() {
            return List.of(
                    check(null, THREADS + " threads to " + headTitle(), this::threads),
                    check(null, PROCESSES + " processes to " + headTitle(), this::processes));
        }

        private void threads(Reporter reporter) {
            StatementWatch watch = new StatementWatch();
            start(
                    database -> SimultaneousStarts.ofThreads(THREADS, context().tool(), watch.over(database), watch),
                    THREADS + " threads",
                    reporter);
        }

        private void processes(Reporter reporter) {
            Optional<HistoryPlace> place = context().tool().place();
            if (place.isEmpty()) {
                reporter.skip(null, "Another process would not find this history: it was not read from a named place.");
                return;
            }
            start(
                    database -> SimultaneousStarts.ofProcesses(PROCESSES, place.get(), database),
                    PROCESSES + " processes",
                    reporter);
        }

        private interface Starting {
            SimultaneousStarts on(TestDatabase database);
        }

        private void start(Starting starting, String who, Reporter reporter) {
            DatabaseState expected = undisturbed(reporter);
            if (expected == null) {
                return;
            }
            try (TestDatabase database = new HistoryDatabases(context()).create();
                    SimultaneousStarts starts = starting.on(database)) {
                List<Start> ended = starts.await(context().options().timeout());
                if (ended.size() < starts.count()) {
                    deadlock(starts.count() - ended.size(), who, LockWaits.on(database), reporter);
                }
                ended.stream()
                        .flatMap(start -> Optional.ofNullable(start.failure()).stream())
                        .distinct()
                        .forEach(failure -> failed(who, failure, reporter));
                Map<RevisionId, Long> times = ended.stream()
                        .flatMap(start -> start.ran().stream())
                        .collect(Collectors.groupingBy(id -> id, LinkedHashMap::new, Collectors.counting()));
                times.forEach((id, count) -> {
                    if (count > 1) {
                        twice(context().tool().graph().get(id), count, who, reporter);
                    }
                });
                if (!reporter.hasErrors()) {
                    compare(expected, database, who, reporter);
                }
            }
        }

        /** Returns the state after a single start, or null if an upgrade fails, which is then reported. */
        private @Nullable DatabaseState undisturbed(Reporter reporter) {
            if (undisturbed == null) {
                walk().moveTo(0);
                boolean complete = true;
                for (Revision revision : walk().revisions()) {
                    complete &= up(reporter, revision);
                }
                if (!complete) {
                    reporter.skip(null, "One start alone fails, so several were not tried.");
                    return null;
                }
                undisturbed = walk().state();
            }
            return undisturbed;
        }

        private void deadlock(int left, String who, List<String> waiting, Reporter reporter) {
            reporter.aboutHistory(
                    FindingClass.DEADLOCK,
                    headTitle(),
                    "Of " + who + " that start at once on " + reporter.title() + ", " + left + " still wait after "
                            + context().options().timeout().toSeconds() + " s."
                            + (waiting.isEmpty()
                                    ? ""
                                    : "\n"
                                            + String.join("\n", waiting)
                                                    .indent(2)
                                                    .stripTrailing()),
                    "Let no start wait for another inside a statement; or give them more time (--timeout).");
        }

        private void failed(String who, String failure, Reporter reporter) {
            reporter.aboutHistory(
                    FindingClass.START_FAILED,
                    headTitle(),
                    "Of " + who + " that start at once on " + reporter.title()
                            + ", one fails where it would pass alone. " + failure,
                    "Let a start take a lock before it looks at the version, and look again when it has it.");
        }

        private void twice(Revision revision, long count, String who, Reporter reporter) {
            reporter.aboutRevision(
                    FindingClass.APPLIED_TWICE,
                    revision,
                    Reporter.words(revision) + " runs " + count + " times when " + who + " start at once on "
                            + reporter.title() + ".",
                    "Let a start take a lock before it looks at the version, and look again when it has it.");
        }

        /**
         * Compares the database with the state after a single start, independently of the reports of the tool. Of rows
         * only the number is compared, because they can contain the time.
         */
        private void compare(DatabaseState expected, TestDatabase database, String who, Reporter reporter) {
            DatabaseState found;
            try (Connection connection = database.dataSource().getConnection()) {
                found = DatabaseState.of(
                        context().dialect().read(connection, database.scope()),
                        context().dialect().readRows(connection, database.scope()));
            } catch (SQLException e) {
                throw new DatabaseException("read the schema of " + database.describe(), e);
            }
            List<String> differences = new ArrayList<>();
            expected.schemaDifferencesTo(found).forEach(difference -> differences.add(difference.toString()));
            TreeSet<ObjectId> tables = new TreeSet<>(expected.rows().keySet());
            tables.addAll(found.rows().keySet());
            tables.forEach(table -> {
                long before = expected.rows().containsKey(table)
                        ? Objects.requireNonNull(expected.rows().get(table)).count()
                        : 0;
                long after = found.rows().containsKey(table)
                        ? Objects.requireNonNull(found.rows().get(table)).count()
                        : 0;
                if (before != after) {
                    differences.add(
                            "table " + table.name() + " holds " + after + " rows, and " + before + " after one start");
                }
            });
            if (!differences.isEmpty()) {
                reporter.aboutHistory(
                        FindingClass.APPLIED_TWICE,
                        headTitle(),
                        "When " + who + " start at once on " + reporter.title()
                                + ", they come to something else than one:"
                                + differences.stream().map(d -> "\n  " + d).collect(Collectors.joining()),
                        "Let a start take a lock before it looks at the version, and look again when it has it.");
            }
        }
    }
}
