package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.source.Format;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairsSourceTests {

    private final FormatFiles files;

    PairsSourceTests(@TempDir Path directory) {
        files = new FormatFiles(directory);
    }

    @Test
    void common_names_are_recognised() {
        files.file("V0001.Initial_Schema.up.sql", "a")
                .file("V0001.Initial_Schema.down.sql", "b")
                .file("0002_x_up.sql", "c")
                .file("0002_x_down.sql", "d")
                .file("3-y.up.sql", "e")
                .file("0010 z.up.sql", "f")
                .file("11.do.sql", "g")
                .file("11.undo.sql", "h")
                .file("schema.sql", "x");
        assertThat(files.does(Format.PAIRS, "sqlite"))
                .containsExactly(
                        "0001 ^ 1: a v 1: b",
                        "0002 ^ 1: c v 1: d",
                        "3 ^ 1: e v Missing",
                        "0010 ^ 1: f v Missing",
                        "11 ^ 1: g v 1: h");
    }

    @Test
    void folders_are_ordered_by_number_or_by_date_if_one_has_dashes() {
        files.file("10_b c/up.sql", "b").file("2_a/up.sql", "").file("2_a/down.sql", "");
        assertThat(files.does(Format.PAIRS, "sqlite")).containsExactly("2 ^ v", "10 ^ 1: b v Missing");
        files.file("2023-01-05-120000_x/up.sql", "x");
        assertThat(files.ids(Format.PAIRS)).containsExactly("10", "2", "2023-01-05-120000");
    }

    @Test
    void a_file_that_names_a_dialect_replaces_the_general_one() {
        files.file("1_a.up.sql", "a")
                .file("1_a_postgres.up.sql", "p")
                .file("1_a.down.sql", "d")
                .file("2_b.sqlite.up.sql", "s")
                .file("2_b.up.mysql.sql", "m")
                .file("3_from_mysql.up.sql", "t");
        assertThat(files.does(Format.PAIRS, "postgresql"))
                .containsExactly("1 ^ 1: p v 1: d", "2 ^ v", "3 ^ 1: t v Missing");
        assertThat(files.does(Format.PAIRS, "sqlite"))
                .containsExactly("1 ^ 1: a v 1: d", "2 ^ 1: s v Missing", "3 ^ 1: t v Missing");
    }

    @Test
    void names_set_the_transaction_mode() {
        files.file("1_a.autocommit.up.sql", "a").file("1_a.down.sql", "b");
        assertThat(files.does(Format.PAIRS, "sqlite")).containsExactly("1 (alone) ^ 1: a v 1: b");
        files.file("2_b.tx.up.sql", "a").file("2_b.down.sql", "b");
        assertThat(files.does(Format.PAIRS, "sqlite"))
                .containsExactly("1 (alone) ^ 1: a v (alone) 1: b", "2 ^ 1: a v (alone) 1: b");
    }

    @Test
    void a_transaction_mark_applies_to_its_file() {
        files.file("1_a_postgres.autocommit.up.sql", "p")
                .file("1_a.up.sql", "a")
                .file("1_a_sqlite.autocommit.down.sql", "s")
                .file("1_a.down.sql", "d");
        assertThat(files.does(Format.PAIRS, "postgresql")).containsExactly("1 (alone) ^ 1: p v 1: d");
        assertThat(files.does(Format.PAIRS, "sqlite")).containsExactly("1 ^ 1: a v (alone) 1: s");
        files.file("2_b.tx.up.sql", "b").file("2_b_sqlite.up.sql", "s").file("2_b.tx.down.sql", "d");
        assertThat(files.does(Format.PAIRS, "postgresql").get(1)).isEqualTo("2 ^ 1: b v 1: d");
        assertThat(files.does(Format.PAIRS, "sqlite").get(1)).isEqualTo("2 (alone) ^ 1: s v 1: d");
    }

    @Test
    void a_number_twice_is_kept_twice_by_name() {
        files.file("003_b.up.sql", "b").file("003_a.up.sql", "a").file("003_a.down.sql", "c");
        assertThat(files.does(Format.PAIRS, "sqlite")).containsExactly("003 ^ 1: a v 1: c", "003_b ^ 1: b v Missing");
        assertThat(files.notes(Format.PAIRS)).hasSize(1);
    }

    @Test
    void two_files_for_the_same_version_direction_and_dialect_are_refused() {
        files.file("1_a.up.sql", "b").file("1_a_up.sql", "a");
        assertThatThrownBy(() -> files.load(Format.PAIRS)).isInstanceOf(DuplicateVersionException.class);
    }

    @Test
    void psql_commands_about_the_session_are_noted() {
        files.file("1_a.up.sql", "a;", "\\restrict x", "b;");
        assertThat(files.notes(Format.PAIRS))
                .containsExactly("1_a.up.sql:2: \\restrict is a psql command about the psql session; it is ignored.");
    }
}
