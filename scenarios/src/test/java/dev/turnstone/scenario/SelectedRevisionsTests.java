package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.revision.UnknownRevisionException;
import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Revisions that are skipped, and those that are not taken back. */
class SelectedRevisionsTests {

    /** The downgrade of the first is missing, that of the second takes back nothing, that of the last leaves an index. */
    private static final History HISTORY = History.of("""
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email text);
            # 2 up
            CREATE INDEX IF NOT EXISTS ix_readers_email ON readers (email);
            # 2 down
            SELECT 1;
            # 3 up
            CREATE TABLE IF NOT EXISTS loans (id integer);
            CREATE INDEX IF NOT EXISTS ix_readers_id ON readers (id);
            # 3 down
            DROP TABLE loans;
            """);

    private final ScenarioBench bench = new ScenarioBench();

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void close() {
        bench.close();
    }

    private List<Outcome> outcomes(String scenario, Selection selection) {
        Scripts scripts = HISTORY.load(Format.TURNSTONE, directory);
        return bench.outcomes(
                scenario,
                bench.context(
                        scripts,
                        "sqlite",
                        ScenarioOptions.DEFAULT.with(SelectedRevisions.of(selection, scripts.graph()))));
    }

    @Test
    void without_a_selection_all_are_looked_at() {
        assertThat(ScenarioBench.inShort(outcomes("up-down-up", Selection.ALL)))
                .containsExactly(
                        "000001 down-missing revision 000001 error",
                        "000002 down-no-effect revision 000002 error",
                        "000002 leftover index ix_readers_email error",
                        "000003 leftover index ix_readers_id error");
    }

    @Test
    void at_and_below_the_minimum_nothing_is_taken_back() {
        List<Outcome> outcomes = outcomes("up-down-up", Selection.ALL.withMinimumDowngrade("000002"));
        assertThat(ScenarioBench.inShort(outcomes)).containsExactly("000003 leftover index ix_readers_id error");
        assertThat(ScenarioBench.skipped(outcomes))
                .containsExactly(
                        "000001 Nothing is taken back below 000002, the minimum downgrade revision.",
                        "000002 Nothing is taken back below 000002, the minimum downgrade revision.",
                        "- The whole history was not walked, because of what was found for 000003.");
    }

    @Test
    void what_is_skipped_is_still_applied_and_the_others_are_looked_at() {
        List<Outcome> outcomes = outcomes(
                "up-down-up",
                Selection.ALL.withMinimumDowngrade("000001").withSkipped("000002", "it is to be squashed"));
        assertThat(ScenarioBench.inShort(outcomes)).containsExactly("000003 leftover index ix_readers_id error");
        assertThat(ScenarioBench.skipped(outcomes)).contains("000002 Skipped: it is to be squashed");
    }

    @Test
    void the_whole_history_goes_down_no_further_than_what_is_skipped() {
        List<Outcome> outcomes = outcomes(
                "up-down-up", Selection.ALL.withMinimumDowngrade("000001").withSkipped("000003", "tomorrow"));
        assertThat(ScenarioBench.inShort(outcomes))
                .containsExactly(
                        "000002 down-no-effect revision 000002 error", "000002 leftover index ix_readers_email error");
        List<Outcome> alone = outcomes(
                "up-down-up", Selection.ALL.withMinimumDowngrade("000002").withSkipped("000003", "tomorrow"));
        assertThat(ScenarioBench.inShort(alone)).isEmpty();
        assertThat(ScenarioBench.skipped(alone))
                .contains("- The last revision is not taken back, and so nothing before it is.");
    }

    static Stream<String> walkingScenarios() {
        return Stream.of("up-down-up", "idempotent-rerun", "rows", "crash", "offline", "policies");
    }

    @ParameterizedTest
    @MethodSource("walkingScenarios")
    void every_scenario_of_revisions_skips_and_counts(String scenario) {
        Selection all = Selection.ALL
                .withSkipped("000001", "old")
                .withSkipped("000002", "old")
                .withSkipped("000003", "old");
        List<Outcome> outcomes = outcomes(scenario, all);
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes))
                .contains("000001 Skipped: old", "000002 Skipped: old", "000003 Skipped: old");
    }

    @ParameterizedTest
    @MethodSource("walkingScenarios")
    void no_scenario_misses_a_downgrade_below_the_minimum(String scenario) {
        assertThat(ScenarioBench.inShort(outcomes(scenario, Selection.ALL.withMinimumDowngrade("000003"))))
                .noneMatch(finding -> finding.contains("down"))
                .noneMatch(finding -> finding.contains("leftover"));
    }

    @Test
    void a_revision_that_is_not_there_is_told() {
        Scripts scripts = HISTORY.load(Format.TURNSTONE, directory);
        assertThatThrownBy(() -> SelectedRevisions.of(Selection.ALL.withMinimumDowngrade("000007"), scripts.graph()))
                .isInstanceOf(UnknownRevisionException.class)
                .hasMessageContaining("000007");
        assertThatThrownBy(() -> Selection.ALL.withSkipped("000001", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("000001");
    }

    @Test
    void the_tool_in_between_passes_everything_on() {
        assertThat(Arrays.stream(MigrationTool.class.getDeclaredMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()))
                .isNotEmpty()
                .allSatisfy(method ->
                        assertThat(declared(method).getDeclaringClass()).isEqualTo(ToolWithFloor.class));
    }

    private static Method declared(Method method) throws NoSuchMethodException {
        return ToolWithFloor.class.getMethod(method.getName(), method.getParameterTypes());
    }
}
