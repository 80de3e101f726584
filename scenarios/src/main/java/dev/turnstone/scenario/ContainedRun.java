package dev.turnstone.scenario;

import dev.turnstone.error.FailureTrace;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of a scenario that turns an unexpected failure of one check into a finding of that check. */
final class ContainedRun implements ScenarioRun {

    private static final Logger LOG = LoggerFactory.getLogger(ContainedRun.class);

    private final Scenario scenario;
    private final String dialect;
    private final @Nullable ScenarioRun run;
    private final List<Check> checks;

    private ContainedRun(Scenario scenario, String dialect, @Nullable ScenarioRun run, List<Check> checks) {
        this.scenario = scenario;
        this.dialect = dialect;
        this.run = run;
        this.checks = checks.stream()
                .map(check -> new Check(check.revision(), check.title(), () -> contained(check)))
                .toList();
    }

    static ContainedRun of(Scenario scenario, ScenarioContext context) {
        String dialect =
                scenario.spansDialects() ? Scenario.BOTH : context.dialect().name();
        ScenarioRun run = null;
        try {
            run = scenario.on(context);
            return new ContainedRun(scenario, dialect, run, run.checks());
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
            requireUnexpected(e);
            Supplier<Outcome> failing = () -> {
                throw new ChecksNotListed(e);
            };
            return new ContainedRun(scenario, dialect, run, List.of(new Check(null, scenario.name(), failing)));
        }
    }

    /** Carries a failure from before the scenario listed its checks into the single check that replaces them. */
    private static final class ChecksNotListed extends RuntimeException {
        ChecksNotListed(Throwable cause) {
            super(cause);
        }
    }

    @Override
    public List<Check> checks() {
        return checks;
    }

    private Outcome contained(Check check) {
        try {
            return check.run();
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
            requireUnexpected(e);
            return new Outcome(List.of(finding(check, e)), List.of());
        }
    }

    /** Rethrows a Turnstone exception: it has a message of its own, and ends the run as invalid input does. */
    private static void requireUnexpected(Throwable failure) {
        if (failure instanceof TurnstoneException known) {
            throw known;
        }
    }

    private Finding finding(Check check, Throwable failure) {
        Throwable thrown =
                failure instanceof ChecksNotListed && failure.getCause() != null ? failure.getCause() : failure;
        FailureTrace trace = FailureTrace.of(thrown);
        return new Finding(
                scenario.name(),
                dialect,
                check.revision(),
                FindingClass.INTERNAL_ERROR,
                ObjectId.of(
                        ObjectKind.REVISION,
                        check.revision() == null
                                ? check.title()
                                : check.revision().value()),
                Severity.ERROR,
                "The check '" + check.title() + "' could not be finished, and says nothing about the history. "
                        + trace.describe(),
                trace.remedy());
    }

    @Override
    public void close() {
        if (run == null) {
            return;
        }
        try {
            run.close();
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            requireUnexpected(e);
            LOG.warn(
                    "The databases of {} on {} could not be dropped; the next run removes them. {}",
                    scenario.name(),
                    dialect,
                    FailureTrace.of(e).describe());
        }
    }
}
