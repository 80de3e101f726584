package dev.turnstone.scenario;

import dev.turnstone.database.MissingPrivilegeException;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run whose checks share one walk through the history. */
abstract class WalkingRun implements ScenarioRun {

    private final Scenario scenario;
    private final ScenarioContext context;
    private final Walk walk;

    WalkingRun(Scenario scenario, ScenarioContext context) {
        this(scenario, context, UnaryOperator.identity());
    }

    /**
     * @param asSeenByTool gives the tool another view of each database
     */
    WalkingRun(Scenario scenario, ScenarioContext context, UnaryOperator<TestDatabase> asSeenByTool) {
        this.scenario = scenario;
        this.context = context;
        this.walk = new Walk(context, asSeenByTool);
    }

    final ScenarioContext context() {
        return context;
    }

    final Walk walk() {
        return walk;
    }

    /** A reporter in the name of this scenario. */
    final Reporter reporter() {
        return new Reporter(scenario, context);
    }

    /** A check whose body collects its findings in a reporter; it is not run for a revision that is to be skipped. */
    final Check check(@Nullable RevisionId revision, String title, Consumer<Reporter> body) {
        Optional<String> skips = revision == null
                ? Optional.empty()
                : context.options().selected().skips(revision);
        return new Check(revision, title, () -> {
            Reporter reporter = reporter();
            if (skips.isPresent()) {
                reporter.skip(revision, skips.get());
                return reporter.outcome();
            }
            try {
                body.accept(reporter);
            } catch (MissingPrivilegeException | MissingExtensionException e) {
                reporter.skip(revision, Reporter.message(e));
            }
            return reporter.outcome();
        });
    }

    /** The whole history, as a title: its heads. */
    final String headTitle() {
        return "head "
                + context.tool().graph().heads().stream()
                        .map(RevisionId::value)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    /** A revision, as a title: its id and message. */
    static String title(Revision revision) {
        return (revision.id() + " " + revision.message()).strip();
    }

    /** Applies the next revision of the walk; its failure is a finding. */
    final boolean up(Reporter reporter, Revision revision) {
        TurnstoneException failure = walk.up(revision.id()).failure();
        if (failure != null) {
            reporter.upFails(revision, failure);
        }
        return failure == null;
    }

    @Override
    public abstract List<Check> checks();

    @Override
    public void close() {
        walk.close();
    }
}
