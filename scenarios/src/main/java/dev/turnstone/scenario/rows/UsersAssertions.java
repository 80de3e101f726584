package dev.turnstone.scenario.rows;

import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.DataAssertion;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.OwnRowsException;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.scenario.cursor.Reporter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The user's assertions on the rows after a revision was applied or reverted. */
final class UsersAssertions {

    /** Prefixes of classes whose stack frames do not help the user. */
    private static final List<String> NOT_THE_USERS = List.of(
            "java.", "jdk.", "sun.", "org.assertj.", "org.junit.", "org.opentest4j.", "org.hamcrest.", "kotlin.");

    private final MigrationCursor walk;
    private final Map<Direction, Map<RevisionId, List<DataAssertion.Code>>> code = new HashMap<>();

    /**
     * Resolves the revisions of the assertions.
     *
     * @throws OwnRowsException if a revision is not in the history
     */
    UsersAssertions(ScenarioContext context, MigrationCursor walk) {
        this.walk = walk;
        for (DataAssertion assertion : context.options().rows().assertions()) {
            code.computeIfAbsent(assertion.direction(), direction -> new HashMap<>())
                    .computeIfAbsent(
                            OwnRowsInsertion.revision(assertion.revision(), words(assertion.direction()), context),
                            id -> new ArrayList<>())
                    .add(assertion.code());
        }
    }

    private static String words(Direction direction) {
        return direction == Direction.UPGRADE ? "afterUpgrade" : "afterDowngrade";
    }

    /** Runs the assertions for a revision that was just applied or reverted, and reports their failures. */
    void look(Revision revision, Direction direction, Reporter reporter) {
        List<String> failures = new ArrayList<>();
        for (DataAssertion.Code one : code.getOrDefault(direction, Map.of()).getOrDefault(revision.id(), List.of())) {
            Throwable thrown = walk.look(one);
            if (thrown != null && !reporter.isTimeOut(revision, "looked at by " + words(direction), thrown)) {
                failures.add(place(thrown)
                        + (thrown instanceof AssertionError ? Reporter.message(thrown) : thrown.toString()));
            }
        }
        if (!failures.isEmpty()) {
            reporter.aboutRevision(
                    FindingClass.ASSERTION_FAILED,
                    revision,
                    words(direction) + " of " + Reporter.words(revision) + " fails on " + reporter.title() + ".\n"
                            + String.join("\n", failures).indent(2).stripTrailing(),
                    "Correct the " + (direction == Direction.UPGRADE ? "upgrade" : "downgrade")
                            + ", or what is expected of it.");
        }
    }

    private static String place(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .filter(frame -> NOT_THE_USERS.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> "at " + frame + ": ")
                .orElse("");
    }
}
