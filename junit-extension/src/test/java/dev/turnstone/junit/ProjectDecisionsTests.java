package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.junit.Launch.Ran;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.snapshot.LogicalRules;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Policies, skipped revisions and the minimum downgrade, as a test class and its settings say them. */
@ResourceLock(Resources.SYSTEM_OUT)
class ProjectDecisionsTests {

    @MigrationTest(
            dialects = "sqlite",
            scenarios = {"up-down-up", "rows"},
            minimumDowngrade = "5e11a0000001",
            skip = @Skip(revision = "5e11a0000002", reason = "see ticket 7"))
    static class SkippingTestCase implements MigrationScenarios {}

    static class BuiltTestCase implements MigrationScenarios {

        @RegisterExtension
        static final MigrationTestExtension MIGRATIONS = MigrationTestExtension.builder()
                .dialects("sqlite")
                .scenarios("idempotent-rerun")
                .minimumDowngrade("5e11a0000001")
                .skip("5e11a0000002", "see ticket 7")
                .build();
    }

    @MigrationTest(locations = "classpath:cases/defect", dialects = "sqlite", scenarios = "policies")
    static class PoliciesTestCase implements MigrationScenarios {}

    @MigrationTest(locations = "classpath:cases/dialects", scenarios = "cross-dialect")
    static class DifferingTestCase implements MigrationScenarios {}

    @MigrationTest(
            locations = "classpath:cases/dialects",
            scenarios = "cross-dialect",
            dialectDifferences = @DialectDifference(object = "index idx_*_trgm", reason = "SQLite has none"))
    static class ExceptedTestCase implements MigrationScenarios {}

    @MigrationTest(
            scenarios = "cross-dialect",
            dialectDifferences = @DialectDifference(object = "idx_*_trgm", reason = "SQLite has none"))
    static class WronglyExceptedTestCase implements MigrationScenarios {}

    static class BuiltWithRulesTestCase implements MigrationScenarios {

        @RegisterExtension
        static final MigrationTestExtension MIGRATIONS = MigrationTestExtension.builder()
                .locations("classpath:cases/dialects")
                .scenarios("cross-dialect")
                .logicalRules(LogicalRules.standard().except(ObjectKind.INDEX, "idx_*_trgm", "SQLite has none"))
                .build();
    }

    @Test
    void aDifferenceThatIsMeantFailsNoTest() {
        assertThat(Launch.onServer().run(DifferingTestCase.class).failures())
                .singleElement()
                .asString()
                .contains("idx_readers_trgm", "dialectDifferences");
        assertThat(Launch.onServer().run(ExceptedTestCase.class).failures()).isEmpty();
        assertThat(Launch.onServer().run(BuiltWithRulesTestCase.class).failures())
                .isEmpty();
        assertThat(Launch.onServer().run(WronglyExceptedTestCase.class).failures())
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message)
                        .contains("@DialectDifference(object = \"idx_*_trgm\", …)", "Give its kind and its name"));
    }

    @Test
    void whatIsSkippedIsAbortedWithTheReason() {
        Ran ran = Launch.onServer().run(SkippingTestCase.class);
        assertThat(ran.failures()).isEmpty();
        assertThat(ran.aborted().stream().map(Leaf::message).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "Nothing is taken back below 5e11a0000001, the minimum downgrade revision.",
                        "Skipped: see ticket 7",
                        "The last revision is not taken back, and so nothing before it is.");
    }

    @Test
    void aBuilderSaysTheSame() {
        Ran ran = Launch.onServer().run(BuiltTestCase.class);
        assertThat(ran.failures()).isEmpty();
        assertThat(ran.aborted()).singleElement().extracting(Leaf::message).isEqualTo("Skipped: see ticket 7");
    }

    @Test
    void aPolicyOfSeverityErrorFailsItsLeaf() {
        assertThat(Launch.onServer().run(PoliciesTestCase.class).failures()).isEmpty();
        assertThat(Launch.onServer()
                        .with("turnstone.policies.forbid", "add table")
                        .run(PoliciesTestCase.class)
                        .failures())
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message).contains("forbidden", "add table", "-- forbidden: REASON"));
        assertThat(Launch.onServer()
                        .with("turnstone.policies.forbid", "add table")
                        .with("turnstone.policies.forbidden", "warning")
                        .run(PoliciesTestCase.class)
                        .failures())
                .isEmpty();
    }

    @Test
    void aSettingThatCannotBeIsSaidByItsName() {
        assertThat(Launch.onServer()
                        .with("turnstone.policies.misnamed", "fatal")
                        .run(PoliciesTestCase.class)
                        .failures())
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message)
                        .contains("turnstone.policies.misnamed = fatal is invalid", "error, warning, info or off"));
    }
}
