package dev.turnstone.report;

import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.Severity;
import dev.turnstone.scenario.Skipped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The results of one history. Collects results while scenarios run; thread-safe.
 *
 * <p>A second result for the same check, for example of a rerun test, replaces the first.
 */
public final class HistoryReport {

    /**
     * The result of one check.
     *
     * @param scenario the scenario's name
     * @param dialect {@code sqlite}, {@code postgresql}, or {@code both} if dialects are compared
     * @param server the database server that it ran on; {@code "A; B"} for two servers
     * @param title the title of the check
     * @param outcome its findings and skipped parts
     * @param time the duration of the check
     * @param ran whether it could run; if not, the outcome is empty
     */
    public record Result(
            String scenario, String dialect, String server, String title, Outcome outcome, Duration time, boolean ran) {

        /** Creates the result of a check that ran. */
        public Result(String scenario, String dialect, String server, String title, Outcome outcome, Duration time) {
            this(scenario, dialect, server, title, outcome, time, true);
        }

        /** Creates the result of a check that an exception ended, for example because no server was available. */
        public static Result couldNotRun(String scenario, String dialect, String server, String title, Duration time) {
            return new Result(scenario, dialect, server, title, new Outcome(List.of(), List.of()), time, false);
        }

        /** Returns whether the check could not run, or has a finding of severity error. */
        public boolean failed() {
            return !ran || outcome.findings().stream().anyMatch(f -> f.severity() == Severity.ERROR);
        }

        boolean sameCheck(Result other) {
            return scenario.equals(other.scenario) && dialect.equals(other.dialect) && title.equals(other.title);
        }
    }

    private final String title;
    private final String format;
    private final int revisions;
    private final List<Result> results = new ArrayList<>();

    /**
     * Creates an empty report.
     *
     * @param title the name of the test class, or the directory
     * @param format the format of the history
     * @param revisions the number of revisions in the history
     */
    public HistoryReport(String title, String format, int revisions) {
        this.title = title;
        this.format = format;
        this.revisions = revisions;
    }

    /** Adds the result of a check. */
    public synchronized void add(Result result) {
        results.removeIf(result::sameCheck);
        results.add(result);
    }

    /** Returns the name of the test class, or the directory. */
    public String title() {
        return title;
    }

    /** Returns the format of the history. */
    public String format() {
        return format;
    }

    /** Returns the number of revisions in the history. */
    public int revisions() {
        return revisions;
    }

    /** Returns all results, in the order in which they were added. */
    public synchronized List<Result> results() {
        return List.copyOf(results);
    }

    /** Returns all findings, in the order in which they were added. */
    public List<Finding> findings() {
        return results().stream().flatMap(r -> r.outcome().findings().stream()).toList();
    }

    /** Returns all skipped checks. */
    public List<Skipped> skipped() {
        return results().stream().flatMap(r -> r.outcome().skipped().stream()).toList();
    }

    /** Returns whether a check could not run, or a finding has the severity error. */
    public boolean failed() {
        return results().stream().anyMatch(Result::failed);
    }

    Set<String> scenarios() {
        Set<String> names = new LinkedHashSet<>();
        results().forEach(r -> names.add(r.scenario()));
        return names;
    }

    /** Returns the dialects, with {@code both} last. */
    Set<String> dialects() {
        Set<String> names = new LinkedHashSet<>();
        results().stream()
                .map(Result::dialect)
                .sorted(Comparator.comparing((String name) -> name.equals(Scenario.BOTH))
                        .thenComparing(Comparator.reverseOrder()))
                .forEach(names::add);
        return names;
    }

    /** Returns the servers that scenarios ran on. */
    public Set<String> servers() {
        Set<String> names = new LinkedHashSet<>();
        // A result that could not run only contains dialects, and other results contain the servers of a comparison.
        List<Result> ran = results().stream()
                .filter(result -> result.ran() || !result.dialect().equals(Scenario.BOTH))
                .toList();
        (ran.isEmpty() ? results() : ran)
                .stream()
                        .sorted(Comparator.comparing(Result::dialect).reversed())
                        .forEach(r -> names.addAll(List.of(r.server().split("; "))));
        return names;
    }

    List<Result> results(String scenario, String dialect) {
        return results().stream()
                .filter(r -> r.scenario().equals(scenario) && r.dialect().equals(dialect))
                .toList();
    }
}
