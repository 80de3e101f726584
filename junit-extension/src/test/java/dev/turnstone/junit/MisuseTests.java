package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.scenario.Scenario;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MisuseTests {

    static class NoAnnotationTestCase implements MigrationScenarios {}

    @MigrationTest
    static class OuterTestCase {
        /** Not {@code @Nested}: JUnit does not look at the class around it, and neither do we. */
        static class Apart implements MigrationScenarios {}
    }

    @MigrationTest(locations = {})
    static class NoLocationsTestCase implements MigrationScenarios {}

    @MigrationTest(dialects = {})
    static class NoDialectsTestCase implements MigrationScenarios {}

    @MigrationTest(dialects = {"sqlite", "oracle"})
    static class UnknownDialectTestCase implements MigrationScenarios {}

    @MigrationTest(timeout = "soon")
    static class NoTimeTestCase implements MigrationScenarios {}

    @MigrationTest(minimumDowngrade = "5e11a000000f")
    static class NoSuchMinimumTestCase implements MigrationScenarios {}

    @MigrationTest(skip = @Skip(revision = "5e11a000000f", reason = "old"))
    static class NoSuchSkippedTestCase implements MigrationScenarios {}

    @MigrationTest(skip = @Skip(revision = "5e11a0000001", reason = ""))
    static class SkippedWithoutReasonTestCase implements MigrationScenarios {}

    @MigrationTest(scenarios = "up-down-sideways")
    static class UnknownScenarioTestCase implements MigrationScenarios {}

    @MigrationTest(baselineRevision = "5e11a0000001")
    static class RevisionWithoutBaselineTestCase implements MigrationScenarios {}

    @MigrationTest(baseline = "src/test/resources/nowhere.sql")
    static class NoSuchBaselineTestCase implements MigrationScenarios {}

    @MigrationTest(baseline = "pom.xml", baselineRevision = "5e11a000000f")
    static class NoSuchBaselineRevisionTestCase implements MigrationScenarios {}

    @MigrationTest(locations = "classpath:no/such/folder")
    static class NoSuchLocationTestCase implements MigrationScenarios {}

    @MigrationTest(locations = "target/no-such-directory")
    static class NoSuchDirectoryTestCase implements MigrationScenarios {}

    @MigrationTest(locations = {"ftp:somewhere", "classpath:db/migrations"})
    static class UnknownSchemeTestCase implements MigrationScenarios {}

    static Stream<Arguments> misuses() {
        return Stream.of(
                misuse(NoAnnotationTestCase.class, "has no @MigrationTest", "Annotate it", "classpath:db/migrations"),
                misuse(OuterTestCase.Apart.class, "has no @MigrationTest", "Annotate it"),
                misuse(NoLocationsTestCase.class, "@MigrationTest(locations = {})", "Name at least one location"),
                misuse(NoDialectsTestCase.class, "@MigrationTest(dialects = {})", "Name sqlite, postgresql or both"),
                misuse(
                        UnknownDialectTestCase.class,
                        "@MigrationTest(dialects = {\"sqlite\", \"oracle\"})",
                        "'oracle'",
                        "postgresql"),
                misuse(NoTimeTestCase.class, "@MigrationTest(timeout = \"soon\")", "'soon' is not a duration"),
                misuse(
                        NoSuchMinimumTestCase.class,
                        "@MigrationTest(minimumDowngrade = \"5e11a000000f\")",
                        "5e11a000000f"),
                misuse(
                        NoSuchSkippedTestCase.class,
                        "@MigrationTest(skip = @Skip(revision = \"5e11a000000f\", …))",
                        "5e11a000000f"),
                misuse(
                        SkippedWithoutReasonTestCase.class,
                        "@MigrationTest(skip = @Skip(revision = \"5e11a0000001\", …))",
                        "without a reason"),
                misuse(
                        UnknownScenarioTestCase.class,
                        "@MigrationTest(scenarios = \"up-down-sideways\")",
                        "There is no scenario 'up-down-sideways'",
                        "cross-dialect"),
                misuse(
                        RevisionWithoutBaselineTestCase.class,
                        "@MigrationTest(baselineRevision = \"5e11a0000001\")",
                        "name its SQL file"),
                misuse(
                        NoSuchBaselineTestCase.class,
                        "@MigrationTest(baseline = \"src/test/resources/nowhere.sql\")",
                        "nowhere.sqlite.sql",
                        "Correct the path"),
                misuse(
                        NoSuchBaselineRevisionTestCase.class,
                        "@MigrationTest(baselineRevision = \"5e11a000000f\")",
                        "5e11a000000f"),
                misuse(
                        NoSuchLocationTestCase.class,
                        "@MigrationTest(locations = \"classpath:no/such/folder\")",
                        "no/such/folder"),
                misuse(
                        NoSuchDirectoryTestCase.class,
                        "@MigrationTest(locations = \"target/no-such-directory\")",
                        "no-such-directory"),
                misuse(
                        UnknownSchemeTestCase.class,
                        "@MigrationTest(locations = {\"ftp:somewhere\", \"classpath:db/migrations\"})",
                        "ftp"));
    }

    private static Arguments misuse(Class<?> testCase, String... said) {
        return Arguments.of(Named.of(testCase.getSimpleName(), testCase), said);
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void itIsSaidWithTheAnnotationTheClassAndTheRemedy(Class<?> testCase, String... said) {
        assertThat(Launch.onServer().run(testCase).failures())
                .hasSize(Scenario.all().size())
                .allSatisfy(message -> assertThat(message).contains(said).contains("lass " + testCase.getName()));
    }
}
