package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.source.Format;
import dev.turnstone.source.UnreadableSourceException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlxSourceTests {

    private final Path directory;
    private final FormatFiles files;

    SqlxSourceTests(@TempDir Path directory) {
        this.directory = directory;
        files = new FormatFiles(directory);
    }

    @Test
    void pairs_and_files_without_a_downgrade() {
        files.file("2_b.up.sql", "b")
                .file("2_b.down.sql", "c")
                .file("1_a.sql", "a")
                .file("x.sql", "x");
        assertThat(files.does(Format.SQLX, "sqlite")).containsExactly("1 ^ 1: a v Missing", "2 ^ 1: b v 1: c");
    }

    @Test
    void a_first_line_turns_the_transaction_off_for_its_file() {
        files.file("1_a.up.sql", "-- no-transaction", "a").file("1_a.down.sql", "b");
        assertThat(files.does(Format.SQLX, "sqlite")).containsExactly("1 (alone) ^ 1: -- no-transaction a v 1: b");
    }

    @Test
    void a_version_twice_is_kept_twice_each_with_its_own_downgrade() {
        files.file("1_b.up.sql", "b").file("1_b.down.sql", "d").file("1_a.up.sql", "a");
        assertThat(files.does(Format.SQLX, "sqlite")).containsExactly("1 ^ 1: a v Missing", "1_b ^ 1: b v 1: d");
        assertThat(files.notes(Format.SQLX)).hasSize(1);
    }

    @Test
    void a_version_in_two_forms_is_one_pair() {
        files.file("001_a.up.sql", "a").file("1_b.down.sql", "b");
        assertThat(files.does(Format.SQLX, "sqlite")).containsExactly("001 ^ 1: a v 1: b");
    }

    @Test
    void a_file_that_is_not_text_is_refused_with_its_line() throws java.io.IOException {
        files.file("1_a.sql", "a");
        java.nio.file.Files.write(directory.resolve("1_a.sql"), new byte[] {'a', '\n', (byte) 0xff});
        assertThatThrownBy(() -> files.load(Format.SQLX))
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessageStartingWith("1_a.sql:2:");
    }
}
