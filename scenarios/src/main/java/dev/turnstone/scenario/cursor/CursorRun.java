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

/** A run whose checks share one walk through the history. */
public abstract class CursorRun implements ScenarioRun {

    private static final Logger LOG = LoggerFactory.getLogger(CursorRun.class);

    private final Scenario scenario;
    private final ScenarioContext context;
    private final MigrationCursor walk;
    private final List<Consumer<Reporter>> done = new ArrayList<>();

    /** Why the history cannot be walked any further; null if it can. */
    private @Nullable UnusableDatabase unusable;

    public CursorRun(Scenario scenario, ScenarioContext context) {
        this(scenario, context, UnaryOperator.identity());
    }

    /**
     * @param asSeenByTool gives the tool another view of each database
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

    /** A reporter in the name of this scenario. */
    public final Reporter reporter() {
        return new Reporter(scenario, context);
    }

    /**
     * A check whose body collects its findings in a reporter; it is not run for a revision that is to be skipped. The one
     * for the whole history comes last: it proves what was read on the way, and where that was wrong, goes the way again,
     * reading everything; what it then finds is what counts.
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
                // What the check did to the database is not known, and the next one must not build on it.
                walk.markDiverged();
                done.remove(check);
                throw e;
            }
            String contradiction = revision == null ? walk.contradiction() : null;
            return (contradiction == null ? reporter : inFull(contradiction)).outcome();
        });
    }

    /** Does all checks so far once more. */
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
     * Runs a check where the walk is. Where rows hold other values than upgrades alone would have given them, what is found
     * may come from that: then the check is done again on a new database, and that counts. To begin anew after each such
     * revision would make a long history with rows of its own quadratic.
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

    /** The whole history, as a title: its heads. */
    public final String headTitle() {
        return "head "
                + context.tool().graph().heads().stream()
                        .map(RevisionId::value)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    /** A revision, as a title: its id and message. */
    public static String title(Revision revision) {
        return (revision.id() + " " + revision.message()).strip();
    }

    /** Applies the next revision of the walk; its failure is a finding. */
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
