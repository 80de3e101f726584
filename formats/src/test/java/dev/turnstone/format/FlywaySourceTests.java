package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.source.Format;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlywaySourceTests {

    private final FormatFiles files;

    FlywaySourceTests(@TempDir Path directory) {
        files = new FormatFiles(directory);
    }

    @Test
    void versions_are_numbers_with_parts_and_repeatables_come_last() {
        files.file("V10__c.sql", "c")
                .file("sub/V2__b.sql", "b")
                .file("V1_5__a.sql", "a")
                .file("V1.10__a.sql", "a")
                .file("R__views.sql", "v")
                .file("U2__b.sql", "u")
                .file("x.sql", "x");
        assertThat(files.does(Format.FLYWAY, "sqlite"))
                .containsExactly(
                        "1_5 ^ 1: a v Missing",
                        "1.10 ^ 1: a v Missing",
                        "2 ^ 1: b v 1: u",
                        "10 ^ 1: c v Missing",
                        "R__views ^ 1: v v Keep");
    }

    @Test
    void trailing_zeros_are_ignored() {
        files.file("V1.0__a.sql", "a").file("V1__b.sql", "b");
        assertThatThrownBy(() -> files.load(Format.FLYWAY))
                .isInstanceOf(DuplicateVersionException.class)
                .hasMessageContaining("V1.0__a.sql and V1__b.sql are both the V file of version 1,");
    }

    @Test
    void a_baseline_begins_the_history_if_its_versions_are_missing() {
        files.file("B5__base.sql", "b").file("V6__a.sql", "a");
        assertThat(files.ids(Format.FLYWAY)).containsExactly("5", "6");
        files.file("V4__a.sql", "a");
        assertThat(files.ids(Format.FLYWAY)).containsExactly("4", "6");
        assertThat(files.notes(Format.FLYWAY)).singleElement().asString().contains("--baseline B5__base.sql@5");
    }

    @Test
    void placeholders_are_replaced_everywhere_in_any_case() {
        files.file("V1__a.sql", "-- ${Who}", "a '${WHO}' ${flyway:filename} $1").placeholder("who", "x$y");
        assertThat(files.does(Format.FLYWAY, "sqlite")).containsExactly("1 ^ 1: -- x$y a 'x$y' V1__a.sql $1 v Missing");
    }

    @Test
    void an_unknown_placeholder_is_refused_with_its_line() {
        files.file("V1__a.sql", "", "a ${x}");
        assertThatThrownBy(() -> files.load(Format.FLYWAY))
                .hasMessage("V1__a.sql:2:3: The placeholder 'x' has no value. Nothing was run. Set it with"
                        + " --placeholder x=VALUE.");
    }

    @Test
    void a_configuration_beside_a_file_applies_to_it() {
        files.file("V1__a.sql", "a ${x}")
                .file("V1__a.sql.conf", "executeInTransaction=false", "placeholderReplacement=false");
        assertThat(files.does(Format.FLYWAY, "sqlite")).containsExactly("1 (alone) ^ 1: a ${x} v Missing");
        files.file("V1__a.sql.conf", "executeInTransaction=nope");
        assertThatThrownBy(() -> files.load(Format.FLYWAY)).hasMessageStartingWith("V1__a.sql.conf:1:1");
    }

    @Test
    void a_nearly_valid_name_is_noted() {
        files.file("V1__a.sql", "a").file("V2_b.sql", "b");
        assertThat(files.notes(Format.FLYWAY)).singleElement().asString().startsWith("V2_b.sql: Flyway ignores");
    }
}
