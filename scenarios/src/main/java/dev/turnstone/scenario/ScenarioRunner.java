package dev.turnstone.scenario;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan of scenarios on the dialects of a run. JUnit creates dynamic tests from it; the command line runs it
 * immediately.
 *
 * @param contexts one context for each dialect of the run, one or two
 * @param selected whether a check belongs to the run; other checks are omitted and not reported
 * @param skipReason the reason for people why a selected check is not run; the check then returns it as skipped
 */
public record ScenarioRunner(
        List<ScenarioContext> contexts,
        Predicate<Check> selected,
        BiFunction<Check, ScenarioContext, Optional<String>> skipReason) {

    public ScenarioRunner {
        contexts = List.copyOf(contexts);
    }

    /**
     * Returns the scenarios that run if the user names none. Scenarios that compare dialects are among them only if the
     * run has two dialects.
     *
     * @param dialects the number of dialects of the run
     */
    public static List<Scenario> defaults(int dialects) {
        return Scenario.defaults().stream()
                .filter(scenario -> dialects > 1 || !scenario.spansDialects())
                .toList();
    }

    /** Returns the executions of several scenarios: dialect by dialect, then those that compare the dialects. */
    public List<Execution> executions(List<Scenario> scenarios) {
        return Stream.concat(
                        contexts.stream().flatMap(context -> scenarios.stream()
                                .filter(scenario -> !scenario.spansDialects())
                                .map(scenario -> new Execution(scenario, context))),
                        contexts.stream().limit(1).flatMap(first -> scenarios.stream()
                                .filter(Scenario::spansDialects)
                                .map(scenario -> new Execution(scenario, paired(first)))))
                .toList();
    }

    private ScenarioContext paired(ScenarioContext first) {
        return contexts.size() == 1 ? first : first.beside(contexts.get(1));
    }

    /** A scenario on one dialect, or on both if it compares them. Not thread-safe. */
    public final class Execution {

        private final Scenario scenario;
        private final ScenarioContext context;

        private Execution(Scenario scenario, ScenarioContext context) {
            this.scenario = scenario;
            this.context = context;
        }

        /** Returns the scenario. */
        public Scenario scenario() {
            return scenario;
        }

        /** Returns the context. If the scenario compares two dialects, it has the second as its counterpart. */
        public ScenarioContext context() {
            return context;
        }

        /** Returns the context, followed by its counterpart if it has one. */
        public List<ScenarioContext> contexts() {
            ScenarioContext counterpart = context.counterpart();
            return counterpart == null ? List.of(context) : List.of(context, counterpart);
        }

        /** Returns the dialect's name, or {@value Scenario#BOTH} if the scenario compares dialects. */
        public String dialect() {
            return scenario.spansDialects() ? Scenario.BOTH : context.dialect().name();
        }

        /**
         * Returns the servers of the dialects, separated by {@code "; "}. Connects to them if no connection was made
         * before.
         */
        public String servers() {
            return contexts().stream()
                    .map(each -> each.databases().server(each.dialect()))
                    .collect(Collectors.joining("; "));
        }

        /**
         * Starts the scenario. The first check that runs creates its databases. They are dropped when the run is closed.
         *
         * @return the run with the selected checks
         */
        public ScenarioRun start() {
            ScenarioRun run = ScenarioRun.of(scenario, context);
            return new ScenarioRun() {

                @Override
                public List<Check> checks() {
                    return run.checks().stream()
                            .filter(selected)
                            .map(Execution.this::skippedOrRun)
                            .toList();
                }

                @Override
                public void close() {
                    run.close();
                }
            };
        }

        private Check skippedOrRun(Check check) {
            return skipReason
                    .apply(check, context)
                    .map(reason -> new Check(check.revision(), check.title(), () -> skipped(check, reason)))
                    .orElse(check);
        }

        private Outcome skipped(Check check, String reason) {
            return new Outcome(List.of(), List.of(new Skipped(scenario.name(), dialect(), check.revision(), reason)));
        }
    }
}
