package dev.turnstone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.revision.RevisionId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTemplateTests {

    private static final Instant CREATED = Instant.parse("2024-05-31T23:05:59Z");

    @ParameterizedTest
    @CsvSource({
        "give jobs a priority, 20240531_2305_c41d_give_jobs_a_priority.sql",
        "'  Größe & Préfix! ', 20240531_2305_c41d_gro_e_prefix.sql",
        "'', 20240531_2305_c41d.sql",
        "日本, 20240531_2305_c41d.sql",
        "a message that goes on and on and on and on and on, 20240531_2305_c41d_a_message_that_goes_on_and_on_and_on_and.sql"
    })
    void a_new_file_is_named_after_its_revision_and_message(String message, String fileName) {
        String name = FileNameTemplate.DEFAULT.fileName(RevisionId.of("c41d"), CREATED, message);

        assertThat(name).isEqualTo(fileName);
        assertThat(FileNameTemplate.DEFAULT.otherRevisionIn(name, RevisionId.of("c41d")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "20240531_1430_c41d_give_jobs.sql, c41d",
        "20240531_1430_c41d.sql, c41d",
        "20240531_1430_c41d_.sql, c41d",
        "20240531_1430_my_rev_give_jobs.sql, my_rev",
        "2024/20240531_1430_c41d_x.sql, c41d",
        "baseline.sql, c41d",
        "001_jobs.sql, c41d",
        "2024_1430_b7f2_x.sql, c41d",
        "20240531_b7f2_x.sql, c41d"
    })
    void a_name_with_the_same_revision_or_another_form_is_accepted(String fileName, String id) {
        assertThat(FileNameTemplate.DEFAULT.otherRevisionIn(fileName, RevisionId.of(id)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "20240531_1430_b7f2_give_jobs.sql, c41d, b7f2",
        "20240531_1430_b7f2.sql, c41d, b7f2",
        "20240531_1430_c41d2_x.sql, c41d, c41d2",
        "x/20240531_1430_C41D_x.sql, c41d, C41D"
    })
    void a_name_with_another_revision_returns_it(String fileName, String id, String named) {
        assertThat(FileNameTemplate.DEFAULT.otherRevisionIn(fileName, RevisionId.of(id)))
                .contains(named);
    }

    @Test
    void a_custom_template_is_used() {
        FileNameTemplate template = FileNameTemplate.parse("V{revision}.{slug}");

        assertThat(template.fileName(RevisionId.of("c41d"), CREATED, "give jobs"))
                .isEqualTo("Vc41d.give_jobs.sql");
        assertThat(template.otherRevisionIn("Vb7f2.x.sql", RevisionId.of("c41d")))
                .contains("b7f2");
        assertThat(template).hasToString("V{revision}.{slug}");
    }

    @ParameterizedTest
    @CsvSource({
        "{date}_{slug}, has no {revision}",
        "{revision}_{id}, has an unknown placeholder {id}",
        "{revision}_{revision}, has {revision} twice",
        "{revision}}, has a brace that belongs to no placeholder",
        "{revision_x, has a brace that belongs to no placeholder",
        "{date}/{revision}, 'has a slash, but a template names no folder'"
    })
    void an_invalid_template_is_refused(String template, String problem) {
        assertThatThrownBy(() -> FileNameTemplate.parse(template))
                .isInstanceOf(FileNameTemplate.InvalidFileNameTemplateException.class)
                .hasMessage("The file name template '" + template + "' " + problem
                        + ". Use {revision}, and optionally {date}, {time} and {slug}, each once, as in "
                        + "{date}_{time}_{revision}_{slug}.");
    }
}
