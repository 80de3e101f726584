package dev.turnstone.scenario.cursor;

import dev.turnstone.database.MissingPrivilegeException;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scenario run whose checks share one migration cursor. */
public abstract class CursorRun implements ScenarioRun {

    private static final Logger LOG = LoggerFactory.getLogger(CursorRun.class);

    private final Scenario scenario;
    private final ScenarioContext context;
    private final MigrationCursor walk;
    private final List<Consumer<Reporter>> done = new ArrayList<>();

    /** Set when the cursor cannot move any further through the history; null otherwise. */
    private @Nullable UnusableDatabase unusable;

    /** Creates a run whose tool uses the test databases directly. */
    public CursorRun(Scenario scenario, ScenarioContext context) {
        this(scenario, context, UnaryOperator.identity());
    }

    /**
     * Creates a run whose tool uses a view of each test database.
     *
     * @param asSeenByTool maps each test database to the view that the tool connects to
     */
    public CursorRun(Scenario scenario, ScenarioContext context, UnaryOperator<TestDatabase> asSeenByTool) {
        this.scenario = scenario;
        this.context = context;
        this.walk = new MigrationCursor(context, asSeenByTool);
    }

    public final ScenarioContext context() {
        return context;
    }

    public final MigrationCursor walk() {
        return walk;
    }

    /** Returns a new reporter for this scenario. */
    public final Reporter reporter() {
        return new Reporter(scenario, context);
    }

    /**
     * Creates a check whose body collects its findings in a reporter. The body does not run if the user's options skip
     * the revision.
     *
     * <p>The check of the whole history must run last, because it compares the incremental reads with a full read. If
     * they differ, all checks run again with full reads, and only the findings of the second pass count.
     *
     * @param revision the revision that the check is for; null for the whole history
     * @param title the check's title
     * @param body reports its findings to the reporter; may run more than once
     */
    public final Check check(@Nullable RevisionId revision, String title, Consumer<Reporter> body) {
        Optional<String> skips = revision == null
                ? Optional.empty()
                : context.options().selected().skips(revision);
        return new Check(revision, title, () -> {
            if (skips.isPresent()) {
                Reporter reporter = reporter();
                reporter.skip(revision, skips.get());
                return reporter.outcome();
            }
            Consumer<Reporter> check = reporter -> run(revision, body, reporter);
            done.add(check);
            Reporter reporter = reporter();
            try {
                check.accept(reporter);
            } catch (RuntimeException | Error e) {
                // The state of the database is unknown, so the next check must not use it.
                walk.markDiverged();
                done.remove(check);
                throw e;
            }
            String contradiction = revision == null ? walk.contradiction() : null;
            return (contradiction == null ? reporter : inFull(contradiction)).outcome();
        });
    }

    /** Runs all checks again that have run so far, with full reads. */
    private Reporter inFull(String contradiction) {
        String said = MigrationCursor.ofOurs(contradiction);
        LOG.error("{}\nEverything is read again, in full.", said);
        Reporter reporter = reporter();
        reporter.skip(
                null,
                "Reading only what changed was given up, and every revision was looked at again in full. " + said);
        walk.readInFull();
        done.forEach(check -> check.accept(reporter));
        return reporter;
    }

    /**
     * Runs a check at the cursor's position. If rows hold values that upgrades alone would not have produced, findings
     * may be caused by these values. The check then runs again on a new database, and only the findings of the second
     * run count. A new database after each such revision would make the time quadratic for a long history with rows of
     * its own.
     */
    private void run(@Nullable RevisionId revision, Consumer<Reporter> body, Reporter reporter) {
        if (walk.hasOtherRows()) {
            Reporter trial = reporter();
            runOnce(revision, body, trial);
            if (!trial.hasErrors()) {
                reporter.addAll(trial);
                return;
            }
            walk.markDiverged();
        }
        runOnce(revision, body, reporter);
    }

    private void runOnce(@Nullable RevisionId revision, Consumer<Reporter> body, Reporter reporter) {
        if (unusable != null) {
            reporter.skip(revision, unusable.skips());
            return;
        }
        try {
            unusable = UnusableDatabase.in(walk, context, revision, reporter, () -> body.accept(reporter));
        } catch (MissingPrivilegeException | MissingExtensionException e) {
            reporter.skip(revision, Reporter.message(e));
        }
    }

    /** Returns the title of the check of the whole history: {@code head} and the ids of its heads. */
    public final String headTitle() {
        return "head "
                + context.tool().graph().heads().stream()
                        .map(RevisionId::value)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    /** Returns the title of the check of a revision: its id and message. */
    public static String title(Revision revision) {
        return (revision.id() + " " + revision.message()).strip();
    }

    /**
     * Applies the next revision and reports a failure as a finding.
     *
     * @return whether the upgrade succeeded
     */
    public final boolean up(Reporter reporter, Revision revision) {
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
