package dev.turnstone.scenario.crash;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.schema.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The findings from the cuts of one revision. Not thread-safe. */
final class CrashFindings {

    private static final int SHOWN = 5;

    private final Crash.Undisturbed revision;
    private final UncertainRows uncertain;
    private final List<String> failures = new ArrayList<>();
    private final List<Ended> ended = new ArrayList<>();
    private @Nullable TurnstoneException firstFailure;

    /** A difference between the undisturbed upgrade and an upgrade after a cut that reported success. */
    private record Ended(Cut cut, Difference difference) {}

    /**
     * The place where a revision was cut.
     *
     * @param last the last statement with a permanent effect before the cut; {@code COMMIT} if that was a commit; null
     *     if there was none
     * @param under the statement that was running at the cut; null if the cut was between statements
     */
    record Cut(@Nullable String last, @Nullable String under) {}

    CrashFindings(Crash.Undisturbed revision, UncertainRows uncertain) {
        this.revision = revision;
        this.uncertain = uncertain;
    }

    /**
     * Records that the next upgrade failed.
     *
     * @param cut the place of the cut
     * @param left the database between the cut and the next upgrade
     * @param failure the failure of the next upgrade
     */
    void cannotGoOn(Cut cut, DatabaseState left, TurnstoneException failure) {
        firstFailure = firstFailure == null ? failure : firstFailure;
        List<Difference> differences = revision.before().differencesTo(left);
        failures.add(words(cut) + "\n    which leaves: " + listed(differences) + "\n    the next upgrade fails"
                + words(failure));
    }

    /**
     * Records that the next upgrade reported success.
     *
     * @param cut the place of the cut
     * @param end the database after the next upgrade
     * @param version the version rows after the next upgrade
     * @return whether schema, rows and version rows equal those after the undisturbed upgrade
     */
    boolean endsAt(Cut cut, DatabaseState end, Set<RevisionId> version) {
        List<Difference> differences = uncertain.without(revision.after().differencesTo(end), revision);
        differences.forEach(difference -> ended.add(new Ended(cut, difference)));
        if (!version.equals(revision.version())) {
            failures.add(words(cut) + "\n    the next upgrade reports success with the version rows " + version
                    + "; undisturbed they are " + revision.version());
            return false;
        }
        return differences.isEmpty();
    }

    /** Reports all recorded findings. */
    void tell(Reporter reporter) {
        String who = Reporter.words(revision.revision());
        if (!failures.isEmpty()) {
            reporter.aboutRevision(
                    FindingClass.NOT_RESUMABLE,
                    revision.revision(),
                    who + " cannot go on after a crash on " + reporter.title() + ". Cut\n  "
                            + failures.stream().limit(SHOWN).collect(Collectors.joining("\n  "))
                            + (failures.size() > SHOWN ? "\n  … and " + (failures.size() - SHOWN) + " more" : ""),
                    reporter.remedy(
                            firstFailure,
                            "Let it run in one transaction; or guard each statement, so that it passes over what is done"
                                    + " already (IF NOT EXISTS, IF EXISTS, '-- unless table T', ON CONFLICT DO"
                                    + " NOTHING)."));
        }
        for (Ended end : ended) {
            reporter.aboutDifference(
                    FindingClass.HALF_DONE,
                    revision.revision().id(),
                    end.difference(),
                    who + " is left half done after a crash on " + reporter.title() + ". Cut " + words(end.cut())
                            + ", the next upgrade reports success, and differs from an undisturbed one:\n  "
                            + end.difference(),
                    end.cut().under() == null
                            ? "Let it run in one transaction; or let each statement give the same when it runs again."
                            : "Put DROP INDEX CONCURRENTLY IF EXISTS before it: what a crash leaves is an index that is"
                                    + " there and serves no query.");
        }
    }

    private String words(Cut cut) {
        if (cut.under() != null) {
            return "in the middle of " + located(cut.under());
        }
        if (cut.last() == null) {
            return "before it left anything";
        }
        return cut.last().equalsIgnoreCase("COMMIT") ? "right after a commit" : "right after " + located(cut.last());
    }

    private String located(String sql) {
        String place = revision.attempt().statements().stream()
                .filter(s -> s.text().equals(sql))
                .findFirst()
                .map(SqlStatement::location)
                .map(location -> " (" + location + ")")
                .orElse("");
        return "'" + sql.lines().findFirst().orElse("") + "'" + place;
    }

    private static String listed(List<Difference> differences) {
        return differences.isEmpty()
                ? "nothing that can be seen"
                : differences.stream().limit(SHOWN).map(Difference::toString).collect(Collectors.joining("; "))
                        + (differences.size() > SHOWN ? "; …" : "");
    }

    private static String words(TurnstoneException failure) {
        if (failure instanceof StatementFailedException refused && refused.statement() != null) {
            return " at " + refused.statement().location() + ": "
                    + String.valueOf(refused.sqlException().getMessage())
                            .strip()
                            .replace("\n", " ");
        }
        return ": " + Reporter.message(failure).lines().findFirst().orElse("");
    }
}
