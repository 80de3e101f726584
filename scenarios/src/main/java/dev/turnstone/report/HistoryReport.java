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
 * What was found about one history. Collects results while scenarios run; thread-safe.
 *
 * <p>A result that comes again for the same check, as when failed tests are run again, replaces the former one.
 */
public final class HistoryReport {

    /**
     * What one check came to.
     *
     * @param scenario the scenario's name
     * @param dialect {@code sqlite}, {@code postgresql}, or {@code both} where dialects are compared
     * @param server the database server that it ran on; of two, {@code "A; B"}
     * @param title what was checked
     * @param outcome what was found
     * @param time how long it took
     * @param ran whether it could be carried out; where not, there is no outcome to speak of
     */
    public record Result(
            String scenario, String dialect, String server, String title, Outcome outcome, Duration time, boolean ran) {

        /** A check that was carried out. */
        public Result(String scenario, String dialect, String server, String title, Outcome outcome, Duration time) {
            this(scenario, dialect, server, title, outcome, time, true);
        }

        /** A check that an exception ended, such as for want of a server. */
        public static Result couldNotRun(String scenario, String dialect, String server, String title, Duration time) {
            return new Result(scenario, dialect, server, title, new Outcome(List.of(), List.of()), time, false);
        }

        /** Whether it could not run, or there is a finding that fails a test or run. */
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
     * @param title the test class, or the directory
     * @param format the format of the history
     * @param revisions how many revisions it has
     */
    public HistoryReport(String title, String format, int revisions) {
        this.title = title;
        this.format = format;
        this.revisions = revisions;
    }

    /** Adds what a check came to. */
    public synchronized void add(Result result) {
        results.removeIf(result::sameCheck);
        results.add(result);
    }

    /** The test class, or the directory. */
    public String title() {
        return title;
    }

    /** The format of the history. */
    public String format() {
        return format;
    }

    /** How many revisions the history has. */
    public int revisions() {
        return revisions;
    }

    /** All results, in the order in which they came. */
    public synchronized List<Result> results() {
        return List.copyOf(results);
    }

    /** All findings, in the order in which they came. */
    public List<Finding> findings() {
        return results().stream().flatMap(r -> r.outcome().findings().stream()).toList();
    }

    /** All that was not looked at. */
    public List<Skipped> skipped() {
        return results().stream().flatMap(r -> r.outcome().skipped().stream()).toList();
    }

    /** Whether there is a finding that fails a test or run. */
    public boolean failed() {
        return results().stream().anyMatch(Result::failed);
    }

    Set<String> scenarios() {
        Set<String> names = new LinkedHashSet<>();
        results().forEach(r -> names.add(r.scenario()));
        return names;
    }

    /** The dialects, and {@code both} last. */
    Set<String> dialects() {
        Set<String> names = new LinkedHashSet<>();
        results().stream()
                .map(Result::dialect)
                .sorted(Comparator.comparing((String name) -> name.equals(Scenario.BOTH))
                        .thenComparing(Comparator.reverseOrder()))
                .forEach(names::add);
        return names;
    }

    /** The servers that scenarios ran on. */
    public Set<String> servers() {
        Set<String> names = new LinkedHashSet<>();
        // What could not run names its dialects only; those of a comparison are named by the other results.
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
