package dev.turnstone.scenario.rows;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.PreconditionFailedException;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.revision.Revision;
import dev.turnstone.rows.Style;
import dev.turnstone.rows.TableImage;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.TimeOutException;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.scenario.cursor.MigrationCursor.Attempt;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.scenario.rows.FilledDatabase.Moment;
import dev.turnstone.schema.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Applies a revision to filled tables. If it fails on the rows, finds out whether it fails on any rows.
 *
 * <p>Not thread-safe.
 */
public final class FilledUpgrade implements AutoCloseable {

    private static final int SHOWN_ROWS = 5;
    private static final int SHOWN_COLUMNS = 6;
    private static final Pattern COMPARISON = Pattern.compile(
            "(?<!\\w)(\\w++)[\"`]?\\s*+(?:<>|!=|(?i:IS\\s+DISTINCT\\s+FROM|NOT\\s+LIKE|NOT\\s+IN\\s*\\())\\s*'([^']*)'");

    private final ScenarioContext context;
    private final FilledDatabase filled;

    /** A second database, which shows the result of the revision without rows. */
    private final FilledDatabase bare;

    /** A third database, which holds only the user's rows; null until it is needed. */
    private @Nullable FilledDatabase onOwnRows;

    private final UnaryOperator<Supplier<Attempt>> around;

    /**
     * Creates an upgrade that runs each attempt unchanged.
     *
     * @param context the run with its dialect, its options and its tool
     * @param filled the database to upgrade; the caller closes its cursor
     */
    public FilledUpgrade(ScenarioContext context, FilledDatabase filled) {
        this(context, filled, UnaryOperator.identity());
    }

    /**
     * Creates an upgrade that wraps each attempt on rows.
     *
     * @param context the run with its dialect, its options and its tool
     * @param filled the database to upgrade; the caller closes its cursor
     * @param around wraps each attempt on rows, for example to observe it
     */
    public FilledUpgrade(ScenarioContext context, FilledDatabase filled, UnaryOperator<Supplier<Attempt>> around) {
        this.context = context;
        this.filled = filled;
        this.around = around;
        bare = new FilledDatabase(context, new MigrationCursor(context));
    }

    /**
     * Applies the revision and reports a failure.
     *
     * @param place the number of revisions that are applied before this one
     * @param revision the revision to apply
     * @param reporter receives the findings
     * @return the database before the revision; null if the revision could not be applied to any rows, in which case
     *     the cursor stands after the revision, or before it after a timeout
     */
    public @Nullable Moment run(int place, Revision revision, Reporter reporter) {
        Moment before = filled.moment();
        Attempt attempt = tryUp(revision);
        if (attempt.failure() == null) {
            return walk().passedOver().isEmpty() || isPassedOverWithoutRows(place, revision)
                    ? before
                    : leftToEmptyTables(place, revision, walk().passedOver().orElseThrow(), reporter);
        }
        if (attempt.failure() instanceof TimeOutException) {
            // Finding out whether the rows cause the timeout would take the same time again.
            reporter.upFails(revision, attempt.failure());
            return null;
        }
        bare.walk().moveTo(place);
        Map<ObjectId, List<Map<String, @Nullable Object>>> own = bare.rows(bare.moment());
        Attempt withoutRows = bare.walk().up(revision.id());
        if (withoutRows.failure() != null) {
            reporter.upFails(revision, withoutRows.failure());
            filled.bringWithoutRowsTo(place + 1);
            return null;
        }
        TurnstoneException onOwnRows = failureOnOwnRows(place, revision);
        if (onOwnRows != null) {
            filled.bringWithoutRowsTo(place + 1);
            reporter.aboutRevision(
                    FindingClass.UP_FAILS_ON_ROWS,
                    revision,
                    Reporter.words(revision) + " can be applied to empty tables on " + reporter.title()
                            + ", and fails on the rows of your own. " + Reporter.message(onOwnRows)
                            + rows(before, attempt),
                    reporter.remedy(
                            onOwnRows,
                            "Write it for tables with such rows: change them before the constraint that they do not"
                                    + " satisfy."));
            return null;
        }
        if (attempt.failure() instanceof PreconditionFailedException refused) {
            return leftToEmptyTables(place, revision, Reporter.message(refused), reporter);
        }
        Moment led = bare.moment();
        Map<String, List<String>> hints = comparedWith(attempt);
        for (Style style : List.of(Style.PLAIN, Style.EQUAL, Style.SPARSE)) {
            Moment suited = onRowsThatSuit(led, place, style, revision, Map.of());
            if (suited == null && !hints.isEmpty()) {
                suited = onRowsThatSuit(led, place, style, revision, hints);
            }
            if (suited != null) {
                assumesData(revision, before, attempt, reporter);
                return suited;
            }
        }
        filled.refill(place, own, null);
        if (tryUp(revision).failure() != null) {
            filled.bringWithoutRowsTo(place + 1);
        }
        reporter.aboutRevision(
                FindingClass.UP_FAILS_ON_ROWS,
                revision,
                Reporter.words(revision) + " can be applied to empty tables on " + reporter.title()
                        + ", and fails on all rows that were tried (seed "
                        + context.options().rows().seed() + "). " + Reporter.message(attempt.failure())
                        + rows(before, attempt),
                reporter.remedy(
                        attempt.failure(),
                        "Write it for tables with rows: give a new column a default or fill it before it becomes NOT"
                                + " NULL, and change the rows before the constraint on them."));
        return null;
    }

    private boolean isPassedOverWithoutRows(int place, Revision revision) {
        bare.walk().moveTo(place);
        return bare.walk().up(revision.id()).failure() != null
                || bare.walk().passedOver().isPresent();
    }

    /**
     * Reports a skip: the precondition of the revision rejects the generated rows. The author requires other rows, so
     * this is no finding.
     */
    private @Nullable Moment leftToEmptyTables(int place, Revision revision, String said, Reporter reporter) {
        reporter.skip(
                revision.id(),
                "Its precondition does not hold on the rows that were generated, so it ran without. " + said);
        filled.bringWithoutRowsTo(place + 1);
        return null;
    }

    /**
     * Returns the failure of the revision on the user's rows alone, or null if it succeeds or the user gives no rows.
     */
    private @Nullable TurnstoneException failureOnOwnRows(int place, Revision revision) {
        if (!filled.hasOwnRows()) {
            return null;
        }
        if (onOwnRows == null) {
            onOwnRows = FilledDatabase.onOwnRows(context, new MigrationCursor(context));
        }
        onOwnRows.moveTo(place);
        return onOwnRows.walk().tryUp(revision.id()).failure();
    }

    /**
     * Tries the revision on rows that also satisfy the constraints after it; returns these rows if it succeeds, else
     * null.
     */
    private @Nullable Moment onRowsThatSuit(
            Moment led, int place, Style style, Revision revision, Map<String, List<String>> hints) {
        filled.refill(place, bare.sample(led, style, hints), style);
        Moment suited = filled.moment();
        return tryUp(revision).failure() == null ? suited : null;
    }

    /** Returns the texts that exclude a row from the failed statement, by column name. */
    private static Map<String, List<String>> comparedWith(Attempt attempt) {
        Map<String, List<String>> compared = new HashMap<>();
        if (attempt.failure() instanceof StatementFailedException failed && failed.statement() != null) {
            Matcher matcher = COMPARISON.matcher(failed.statement().text());
            while (matcher.find()) {
                compared.computeIfAbsent(matcher.group(1), column -> new ArrayList<>())
                        .add(matcher.group(2));
            }
        }
        return compared;
    }

    private void assumesData(Revision revision, Moment before, Attempt attempt, Reporter reporter) {
        reporter.aboutRevision(
                FindingClass.ASSUMES_DATA,
                revision,
                Reporter.words(revision) + " fails on " + reporter.title()
                        + " on rows that were allowed before it, and passes on rows that satisfy the constraints after"
                        + " it too (seed " + context.options().rows().seed() + "). "
                        + Reporter.message(Objects.requireNonNull(attempt.failure())) + rows(before, attempt),
                reporter.remedy(
                        attempt.failure(), "Change or remove such rows first in the upgrade, if there can be any."));
    }

    /** Formats the rows of the tables that the failed statement names, limited to the columns that it names. */
    private static String rows(Moment before, Attempt attempt) {
        if (!(attempt.failure() instanceof StatementFailedException failed) || failed.statement() == null) {
            return "";
        }
        String sql = failed.statement().text();
        String said = sql + " " + failed.getMessage();
        return before.images().values().stream()
                .filter(image ->
                        !image.rows().isEmpty() && names(said, image.table().name()))
                .map(image -> "\n  rows of table " + image.table().name() + " " + rows(image, said))
                .collect(Collectors.joining());
    }

    private static String rows(TableImage image, String said) {
        List<Integer> named = IntStream.range(0, image.columns().size())
                .filter(i -> names(said, image.columns().get(i)))
                .boxed()
                .toList();
        List<Integer> shown = named.isEmpty()
                ? IntStream.range(0, image.columns().size()).boxed().toList()
                : named;
        List<Integer> columns = shown.stream().limit(SHOWN_COLUMNS).toList();
        return columns.stream().map(image.columns()::get).collect(Collectors.joining(", ", "(", "): "))
                + image.rows().stream()
                        .limit(SHOWN_ROWS)
                        .map(row -> columns.stream()
                                .map(i -> Objects.requireNonNullElse(row.get(i), "NULL"))
                                .collect(Collectors.joining(", ", "(", ")")))
                        .collect(Collectors.joining(", "));
    }

    private static boolean names(String said, String name) {
        return Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)", Pattern.CASE_INSENSITIVE)
                .matcher(said)
                .find();
    }

    private Attempt tryUp(Revision revision) {
        return around.apply(() -> walk().tryUp(revision.id())).get();
    }

    private MigrationCursor walk() {
        return filled.walk();
    }

    @Override
    public void close() {
        try {
            if (onOwnRows != null) {
                onOwnRows.walk().close();
            }
        } finally {
            bare.walk().close();
        }
    }
}
