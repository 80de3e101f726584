package dev.turnstone.scenario.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.scenario.History;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.ScenarioBench;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.source.FileNameTemplate;
import dev.turnstone.source.Format;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is set for policies, and what a revision says against them; each policy by itself is in the zoo. */
class PoliciesTests {

    private static final History BREAKS_THREE = History.of("""
            # 1 up
            CREATE TABLE readers (id integer, email text);
            # 1 down
            DROP TABLE readers;
            # 2 up
            ALTER TABLE readers DROP COLUMN email;
            CREATE INDEX by_id ON readers (id);
            # 2 down
            DROP INDEX by_id;
            ALTER TABLE readers ADD COLUMN email text;
            """);

    private final ScenarioBench bench = new ScenarioBench();

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void close() {
        bench.close();
    }

    private List<Outcome> outcomes(History history, PolicySettings settings) {
        return bench.outcomes(
                "policies",
                bench.context(
                        history.load(Format.TURNSTONE, directory), "sqlite", ScenarioOptions.DEFAULT.with(settings)));
    }

    private List<String> findings(PolicySettings settings) {
        return ScenarioBench.inShort(outcomes(BREAKS_THREE, settings));
    }

    @Test
    void each_has_the_severity_that_is_set_and_is_silent_where_it_is_off() {
        PolicySettings forbids = PolicySettings.USUAL.with("forbid", "drop column");
        assertThat(findings(forbids))
                .containsExactly(
                        "000002 not-additive column readers.email warning",
                        "000002 forbidden column readers.email error",
                        "000002 misnamed index by_id warning");
        assertThat(findings(forbids.with("not-additive", "error")
                        .with("misnamed", "info")
                        .with("forbidden", "warning")))
                .containsExactly(
                        "000002 not-additive column readers.email error",
                        "000002 forbidden column readers.email warning",
                        "000002 misnamed index by_id info");
        assertThat(findings(forbids.with("not-additive", "off")
                        .with("misnamed", "off")
                        .with("forbidden", "off")))
                .isEmpty();
    }

    @Test
    void a_revision_that_says_why_is_skipped_with_the_reason_for_that_policy_only() {
        History declared = History.of("# 2 header\n-- not-additive: nobody has read it since May")
                .with(BREAKS_THREE);
        List<Outcome> outcomes = outcomes(declared, PolicySettings.USUAL);
        assertThat(ScenarioBench.inShort(outcomes)).containsExactly("000002 misnamed index by_id warning");
        assertThat(ScenarioBench.skipped(outcomes))
                .containsExactly("000002 Declared not-additive: nobody has read it since May");
    }

    @Test
    void all_reasons_of_a_revision_hold_and_a_reason_for_nothing_is_no_skip() {
        History declared = History.of("""
                # 1 header
                -- misnamed: it was there before
                # 2 header
                -- not-additive: nobody has read it since May
                -- misnamed: the index of the old system
                -- forbidden: decided on Monday
                """).with(BREAKS_THREE);
        List<Outcome> outcomes = outcomes(declared, PolicySettings.USUAL.with("forbid", "drop column"));
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes))
                .containsExactly(
                        "000002 Declared not-additive: nobody has read it since May",
                        "000002 Declared forbidden: decided on Monday",
                        "000002 Declared misnamed: the index of the old system");
    }

    @Test
    void other_tools_files_say_why_in_a_comment() {
        History declared = BREAKS_THREE.with("""
                # 2 up
                -- not-additive: nobody has read it since May
                ALTER TABLE readers DROP COLUMN email;
                """);
        List<Outcome> outcomes = bench.outcomes(
                "policies",
                bench.context(declared.load(Format.GOLANG_MIGRATE, directory), "sqlite", ScenarioOptions.DEFAULT));
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes))
                .containsExactly("000002 Declared not-additive: nobody has read it since May");
    }

    @Test
    void a_policy_that_is_off_skips_nothing() {
        History declared = History.of("# 2 header\n-- not-additive: nobody has read it since May")
                .with(BREAKS_THREE);
        assertThat(ScenarioBench.skipped(outcomes(
                        declared,
                        PolicySettings.USUAL.with("not-additive", "off").with("misnamed", "off"))))
                .isEmpty();
    }

    @Test
    void files_of_our_own_format_follow_its_template() {
        FileNameTemplate other = FileNameTemplate.parse("{revision}_{slug}");
        assertThat(findings(PolicySettings.USUAL
                        .with(other)
                        .with("not-additive", "off")
                        .with("misnamed", "off")))
                .isEmpty();
        FileNameTemplate another = FileNameTemplate.parse("V{revision}__{slug}");
        assertThat(findings(PolicySettings.USUAL
                        .with(another)
                        .with("not-additive", "off")
                        .with("misnamed", "off")))
                .containsExactly(
                        "000001 file-misnamed revision 000001 warning", "000002 file-misnamed revision 000002 warning");
    }

    @Test
    void names_of_a_kind_without_template_are_free() {
        assertThat(findings(PolicySettings.USUAL.with("not-additive", "off").with("names.index", "")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not-aditive|error|Did you mean 'not-additive'?",
                "nonsense|error|There are not-additive, down-missing",
                "misnamed|fatal|error, warning, info or off, not 'fatal'",
                "forbid|drop everything|Kinds: schema, extension",
                "forbid|drop row|Kinds: schema, extension",
                "forbid|remove table|'remove table' is no change",
                "forbid|drop table type|'drop table type' is no change",
                "files|V(|is no regular expression",
                "names.index|ix_%(tabel)s|unknown token: tabel",
                "names.view|v_%(table_name)s|There is no policy 'names.view'",
            })
    void what_cannot_be_is_told_with_what_there_is(String key, String value, String words) {
        assertThatThrownBy(() -> PolicySettings.USUAL.with(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
