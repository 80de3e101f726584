package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.roundtrip.UpDownUp;
import dev.turnstone.source.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no one expects ends one check, and neither the checks after it nor the run. */
class ContainedRunTests {

    private static final String HISTORY = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY);
            # 1 down
            DROP TABLE readers;
            # 2 up
            CREATE TABLE loans (id integer PRIMARY KEY);
            # 2 down
            DROP TABLE loans;
            # 3 up
            CREATE TABLE forgotten (id integer PRIMARY KEY);
            # 3 down
            SELECT 1;
            """;

    private final ScenarioBench bench = new ScenarioBench();

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void dropAll() {
        bench.close();
    }

    private ScenarioContext context() throws IOException {
        return bench.context(
                History.of(HISTORY).load(Format.GOLANG_MIGRATE, directory), "sqlite", ScenarioOptions.DEFAULT);
    }

    private interface Failing {
        void fail();
    }

    /** The downgrade of the second revision fails. */
    private static ScenarioContext failing(ScenarioContext context, Failing failure) {
        List<Integer> calls = new ArrayList<>();
        return FaultyTool.in(context, "downgradeOne", (session, revisions) -> {
            calls.add(1);
            if (calls.size() == 2) {
                failure.fail();
            }
            return session.downgradeOne(revisions.get(calls.size() - 1).id());
        });
    }

    private static int endless(int depth) {
        return depth < 0 ? 0 : endless(depth + 1) + 1;
    }

    private static final Failing OVERFLOW = () -> endless(0);

    private static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(OVERFLOW, "The stack of the Java virtual machine overflowed", "Report it"),
                Arguments.of(
                        (Failing) () -> {
                            throw new OutOfMemoryError("Java heap space");
                        },
                        "ran out of memory",
                        "-Xmx"),
                Arguments.of(
                        (Failing) () -> {
                            throw new NullPointerException("of jdbc:postgresql://h/db?password=Hunter2Zz");
                        },
                        "NullPointerException",
                        "Report it"),
                Arguments.of(
                        (Failing) () -> {
                            throw new NoClassDefFoundError("org/example/Gone");
                        },
                        "NoClassDefFoundError",
                        "Report it"));
    }

    private static List<Finding> run(ScenarioContext context) {
        List<Finding> findings = new ArrayList<>();
        try (ScenarioRun run = ScenarioRun.of(new UpDownUp(), context)) {
            run.checks().forEach(check -> findings.addAll(check.run().findings()));
        }
        return findings;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void one_check_has_a_finding_and_the_others_run(Failing failure, String words, String remedy) throws IOException {
        List<Finding> findings = run(failing(context(), failure));
        assertThat(findings)
                .extracting(finding -> finding.findingClass().label() + " " + finding.revision())
                .contains("internal-error 000002", "leftover 000003")
                .doesNotContain("internal-error 000001", "internal-error 000003");
        Finding finding = findings.stream()
                .filter(each -> each.findingClass() == FindingClass.INTERNAL_ERROR)
                .findFirst()
                .orElseThrow();
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.revision()).isEqualTo(RevisionId.of("000002"));
        assertThat(finding.object()).hasToString("revision 000002");
        assertThat(finding.message()).contains(words).doesNotContain("Hunter2Zz");
        assertThat(finding.remedy()).contains(remedy);
        Matcher place = Pattern.compile("reference ([0-9a-f]{8})\\). Its trace is in (\\S+\\.txt)\\.")
                .matcher(finding.message());
        assertThat(place.find()).isTrue();
        assertThat(Files.readString(Path.of(place.group(2))))
                .contains(place.group(1), "\tat ")
                .doesNotContain("Hunter2Zz");
    }

    @Test
    void the_reference_is_the_same_for_the_same_stack_and_another_for_another() throws IOException {
        Pattern reference = Pattern.compile("reference (\\w+)");
        List<String> references = new ArrayList<>();
        for (Failing failure : List.of(OVERFLOW, OVERFLOW, () -> Integer.parseInt("x"))) {
            Path own = Files.createDirectory(directory.resolve("own" + references.size()));
            Finding finding = run(failing(
                            bench.context(
                                    History.of(HISTORY).load(Format.GOLANG_MIGRATE, own),
                                    "sqlite",
                                    ScenarioOptions.DEFAULT),
                            failure))
                    .stream()
                    .filter(each -> each.findingClass() == FindingClass.INTERNAL_ERROR)
                    .findFirst()
                    .orElseThrow();
            Matcher matcher = reference.matcher(finding.message());
            assertThat(matcher.find()).isTrue();
            references.add(matcher.group(1));
        }
        assertThat(references.get(0)).isEqualTo(references.get(1)).isNotEqualTo(references.get(2));
    }

    @Test
    void without_a_failure_nothing_is_found_but_what_is_there() throws IOException {
        assertThat(run(context()))
                .extracting(finding -> finding.findingClass().label() + " " + finding.revision())
                .contains("leftover 000003")
                .noneMatch(finding -> finding.startsWith("internal-error"));
    }

    @Test
    void a_scenario_that_cannot_list_its_checks_is_one_failed_check() throws IOException {
        Scenario broken = new Scenario() {
            @Override
            public String name() {
                return "up-down-up";
            }

            @Override
            public String proves() {
                return "";
            }

            @Override
            public ScenarioRun on(ScenarioContext context) {
                throw new IllegalStateException("no checks");
            }
        };
        try (ScenarioRun run = ScenarioRun.of(broken, context())) {
            assertThat(run.checks()).hasSize(1);
            assertThat(run.checks().get(0).run().findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains("IllegalStateException: no checks"));
        }
    }

    @Test
    void an_assertion_of_the_users_is_passed_on() throws IOException {
        ScenarioContext context = failing(context(), () -> {
            throw new AssertionError("of the user");
        });
        assertThatThrownBy(() -> run(context))
                .isInstanceOf(AssertionError.class)
                .hasMessage("of the user");
    }
}
