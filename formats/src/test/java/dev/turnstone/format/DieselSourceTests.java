package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.source.Format;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DieselSourceTests {

    private final FormatFiles files;

    DieselSourceTests(@TempDir Path directory) {
        files = new FormatFiles(directory);
    }

    @Test
    void a_folder_is_a_revision_and_dashes_are_ignored_in_the_order() {
        files.file("2022-04-26-153628_x/up.sql", "b")
                .file("2022-04-26-153628_x/down.sql", "")
                .file("20220101_a b/up.sql", "a")
                .file("2022-04-26-153628-0000_y/up.sql", "c")
                .file("readme/up.sql", "x");
        assertThat(files.does(Format.DIESEL, "sqlite"))
                .containsExactly(
                        "20220101 ^ 1: a v Missing",
                        "2022-04-26-153628 ^ 1: b v",
                        "2022-04-26-153628-0000 ^ 1: c v Missing");
    }

    @Test
    void metadata_turns_the_transaction_off() {
        files.file("1_a/up.sql", "a")
                .file("1_a/down.sql", "b")
                .file("1_a/metadata.toml", "# x", "run_in_transaction = false # y")
                .file("2_b/up.sql", "b")
                .file("2_b/metadata.toml", "run_in_transaction = true");
        assertThat(files.does(Format.DIESEL, "sqlite"))
                .containsExactly("1 (alone) ^ 1: a v (alone) 1: b", "2 ^ 1: b v Missing");
    }

    @Test
    void metadata_with_neither_value_is_refused() {
        files.file("1_a/up.sql", "a").file("1_a/metadata.toml", "", "run_in_transaction = no");
        assertThatThrownBy(() -> files.load(Format.DIESEL))
                .hasMessage("1_a/metadata.toml:2:1: run_in_transaction must be true or false, but is 'no'.");
    }

    @Test
    void two_folders_of_one_version_are_both_kept() {
        files.file("1_b/up.sql", "b").file("1_a/up.sql", "a");
        assertThat(files.ids(Format.DIESEL)).containsExactly("1", "1_b");
    }

    @Test
    void a_folder_with_a_downgrade_only_moves_the_version() {
        files.file("1_a/down.sql", "a");
        assertThat(files.does(Format.DIESEL, "sqlite")).containsExactly("1 ^ v 1: a");
    }
}
