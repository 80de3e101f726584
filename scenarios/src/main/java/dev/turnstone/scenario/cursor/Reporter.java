package dev.turnstone.scenario.cursor;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.Policy;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.scenario.Severity;
import dev.turnstone.scenario.Skipped;
import dev.turnstone.scenario.TimeOutException;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the findings and skipped checks of one check, with messages that all scenarios share. Not thread-safe. */
public final class Reporter {

    private static final Pattern MISSING_FUNCTION = Pattern.compile("no such function: (\\w+)");

    private static final String TIME_OUT_REMEDY =
            "Let it wait for nothing that is never released; or give it more time (--timeout, @MigrationTest(timeout = …),"
                    + " turnstone.timeout).";

    private final Scenario scenario;
    private final ScenarioContext context;
    private final String dialect;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    /** Creates a reporter for the dialect of the context, or for both dialects if the scenario spans dialects. */
    public Reporter(Scenario scenario, ScenarioContext context) {
        this(
                scenario,
                context,
                scenario.spansDialects() ? Scenario.BOTH : context.dialect().name());
    }

    /** Creates a reporter for the dialect of the context, even if the scenario spans dialects. */
    public static Reporter onOneDialect(Scenario scenario, ScenarioContext context) {
        return new Reporter(scenario, context, context.dialect().name());
    }

    private Reporter(Scenario scenario, ScenarioContext context, String dialect) {
        this.scenario = scenario;
        this.context = context;
        this.dialect = dialect;
    }

    /** Adds the findings and skipped checks of another reporter of the same check. */
    public void addAll(Reporter other) {
        findings.addAll(other.findings);
        skipped.addAll(other.skipped);
    }

    public Outcome outcome() {
        return new Outcome(findings, skipped);
    }

    /** Returns whether a finding is an error, which fails the run. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    }

    public String title() {
        return dialect().title();
    }

    private Dialect dialect() {
        return context.dialect();
    }

    private boolean ownFormat() {
        return context.tool().format() == Format.TURNSTONE;
    }

    public void skip(@Nullable RevisionId revision, String reason) {
        skipped.add(new Skipped(scenario.name(), dialect, revision, reason));
    }

    /** Skips the downgrade of a revision that is not reverted, because the revision or the user declares so. */
    public void irreversible(Revision revision, Downgrade.Irreversible irreversible) {
        skip(
                revision.id(),
                context.options()
                        .selected()
                        .keepsFromGoingBelow(revision.id())
                        .orElseGet(() -> "Declared irreversible: " + irreversible.reason()));
    }

    /** Returns a revision as messages name it: {@code Revision c41d7be0a2f5 (give jobs a priority)}. */
    public static String words(Revision revision) {
        return "Revision " + revision.id() + (revision.message().isEmpty() ? "" : " (" + revision.message() + ")");
    }

    /** Adds a finding about a revision as a whole. */
    public void aboutRevision(FindingClass findingClass, Revision revision, String message, String remedy) {
        aboutRevision(findingClass, revision, severity(findingClass), message, remedy);
    }

    private void aboutRevision(
            FindingClass findingClass, Revision revision, Severity severity, String message, String remedy) {
        add(
                findingClass,
                revision.id(),
                ObjectId.of(ObjectKind.REVISION, revision.id().value()),
                severity,
                message,
                remedy,
                null);
    }

    /** Adds a finding about a difference of one object of the schema. */
    private void aboutObject(
            FindingClass findingClass,
            @Nullable RevisionId revision,
            Difference difference,
            String message,
            String remedy) {
        add(
                findingClass,
                revision,
                difference.object().id(),
                severity(findingClass),
                message,
                remedy,
                Finding.Comparison.of(difference));
    }

    /**
     * Adds a finding about a breach of a policy. Adds a skipped check instead if the revision declares why it breaks
     * the policy, and nothing if the policy is off.
     *
     * @param revision the revision that breaks the policy; null for the whole history
     */
    public void aboutPolicy(
            Policy policy, @Nullable RevisionId revision, ObjectId object, String message, String remedy) {
        Optional<Severity> severity = context.options().policies().of(policy, severity(policy.findingClass()));
        Optional<String> exempt =
                revision == null ? Optional.empty() : context.tool().exempt(revision, policy.findingClass());
        if (severity.isPresent() && exempt.isPresent()) {
            Skipped declared =
                    new Skipped(scenario.name(), dialect, revision, "Declared " + policy.label() + ": " + exempt.get());
            if (!skipped.contains(declared)) {
                skipped.add(declared);
            }
        } else if (severity.isPresent()) {
            add(policy.findingClass(), revision, object, severity.get(), message, remedy, null);
        }
    }

    /** Adds a finding about what a revision does to an object, without a comparison of definitions. */
    public void aboutObject(
            FindingClass findingClass, RevisionId revision, ObjectId object, String message, String remedy) {
        add(findingClass, revision, object, severity(findingClass), message, remedy, null);
    }

    /**
     * Adds a finding about the rows of a table.
     *
     * @param revision the revision that the finding is about; null for the whole history
     */
    public void aboutRows(
            FindingClass findingClass, @Nullable RevisionId revision, ObjectId table, String message, String remedy) {
        add(
                findingClass,
                revision,
                ObjectId.of(ObjectKind.ROW, table.schema(), table.name()),
                severity(findingClass),
                message,
                remedy,
                null);
    }

    /** Adds a finding about one object at the head of the history. */
    public void aboutHistory(FindingClass findingClass, ObjectId object, String message, String remedy) {
        add(findingClass, null, object, severity(findingClass), message, remedy, null);
    }

    /** Adds a finding of severity {@code info} about an object at the head that the user has declared intentional. */
    public void asMeant(FindingClass findingClass, ObjectId object, String message, String remedy) {
        add(findingClass, null, object, Severity.INFO, message, remedy, null);
    }

    /**
     * Adds a finding about the history as a whole.
     *
     * @param object the revision id or the heads that the finding names
     */
    public void aboutHistory(FindingClass findingClass, String object, String message, String remedy) {
        add(
                findingClass,
                null,
                ObjectId.of(ObjectKind.REVISION, object),
                severity(findingClass),
                message,
                remedy,
                null);
    }

    private void add(
            FindingClass findingClass,
            @Nullable RevisionId revision,
            ObjectId object,
            Severity severity,
            String message,
            String remedy,
            Finding.@Nullable Comparison comparison) {
        Finding finding = new Finding(
                scenario.name(), dialect, revision, findingClass, object, severity, message, remedy, comparison);
        if (findings.stream().noneMatch(finding::sameThingAs)) {
            findings.add(finding);
        }
    }

    private Severity severity(FindingClass findingClass) {
        boolean required = context.options().idempotentBodies() == ScenarioOptions.IdempotentBodies.REQUIRED;
        return switch (findingClass) {
            case DOWN_MISSING -> ownFormat() ? Severity.ERROR : Severity.WARNING;
            case RERUN_FAILS, RERUN_CHANGES -> ownFormat() || required ? Severity.ERROR : Severity.WARNING;
            case DOWN_RERUN_FAILS, DOWN_RERUN_CHANGES -> ownFormat() ? Severity.WARNING : Severity.INFO;
            default -> findingClass.severity();
        };
    }

    /** Adds a finding about a difference that does not affect programs but may surprise a reader of the schema. */
    void harmless(@Nullable RevisionId revision, Difference difference, String message) {
        if (difference instanceof Difference.Reordered) {
            aboutObject(
                    FindingClass.ORDER_ONLY,
                    revision,
                    difference,
                    message,
                    "Nothing to do, unless statements rely on the order of columns.");
        } else {
            aboutObject(
                    FindingClass.AUTO_NAME,
                    revision,
                    difference,
                    message,
                    "Nothing to do, unless a later revision uses the name; give it a name of your own then.");
        }
    }

    /**
     * Adds a finding about a difference: of the given class, or of a class for harmless differences if it is harmless.
     *
     * @param findingClass the class if the difference is not harmless
     * @param revision the revision that caused the difference; null for the whole history
     */
    public void aboutDifference(
            FindingClass findingClass,
            @Nullable RevisionId revision,
            Difference difference,
            String message,
            String remedy) {
        if (difference.isHarmless()) {
            harmless(revision, difference, message);
        } else {
            aboutObject(findingClass, revision, difference, message, remedy);
        }
    }

    /**
     * Adds a finding if a command exceeded the timeout and no single revision can be named as the cause.
     *
     * @param object the revision that was the target of the command, or the heads
     * @param what the command and the database, for example {@code 'upgrade head' on a stamped database}
     * @param failure the failure of the command; null if it succeeded
     * @return whether the failure is a timeout
     */
    public boolean isTimeOut(String object, String what, @Nullable Throwable failure) {
        if (!(failure instanceof TimeOutException)) {
            return false;
        }
        aboutHistory(FindingClass.TIME_OUT, object, what + " hangs. " + message(failure), TIME_OUT_REMEDY);
        return true;
    }

    /**
     * Adds a finding if a revision exceeded the timeout.
     *
     * @param revision the revision that ran
     * @param what how the revision was run, as a past participle, for example {@code upgraded}
     * @param failure the failure of the command
     * @return whether the failure is a timeout
     */
    public boolean isTimeOut(Revision revision, String what, Throwable failure) {
        if (!(failure instanceof TimeOutException)) {
            return false;
        }
        aboutRevision(
                FindingClass.TIME_OUT,
                revision,
                words(revision) + " hangs when it is " + what + ". " + message(failure),
                TIME_OUT_REMEDY);
        return true;
    }

    public void downFails(Revision revision, Throwable failure) {
        if (isTimeOut(revision, "taken back", failure)) {
            return;
        }
        aboutRevision(
                FindingClass.DOWN_FAILS,
                revision,
                message(failure),
                remedy(failure, "Correct the downgrade, so that it takes back what the upgrade has just done."));
    }

    public void upFails(Revision revision, Throwable failure) {
        if (isTimeOut(revision, "upgraded", failure)) {
            return;
        }
        Matcher function = MISSING_FUNCTION.matcher(message(failure));
        aboutRevision(
                FindingClass.UP_FAILS,
                revision,
                message(failure),
                function.find()
                        ? "SQLite has no function " + function.group(1)
                                + "; the application seems to bring it. Load it for"
                                + " the run as an extension (--sqlite-extension FILE)."
                        : remedy(
                                failure,
                                "Correct the upgrade, so that it runs on " + title()
                                        + " after the revisions before it."));
    }

    /** Adds a finding about a revision after which the database can no longer be used. */
    void unusable(Revision revision, TurnstoneException failure) {
        if (failure instanceof TimeOutException) {
            aboutRevision(
                    FindingClass.TIME_OUT,
                    revision,
                    "At " + words(revision) + " the work on the database hangs. " + message(failure),
                    TIME_OUT_REMEDY);
            return;
        }
        aboutRevision(
                FindingClass.UP_FAILS,
                revision,
                "After " + words(revision) + " the database cannot be used on " + title() + ". " + message(failure),
                remedy(failure, "Correct the revision, so that it changes the schema by statements of DDL only."));
    }

    /**
     * Returns the remedy for a failure. If the server refused a privilege to the role of the run, the remedy is the
     * same in every scenario and class of finding.
     *
     * @param failure the failure; null if there is none
     * @param otherwise the remedy for every other failure, and if there is no failure
     */
    public String remedy(@Nullable Throwable failure, String otherwise) {
        return failure == null ? otherwise : context.databases().remedy(failure).orElse(otherwise);
    }

    public static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
