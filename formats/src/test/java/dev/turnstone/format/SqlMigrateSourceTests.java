package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.source.Format;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlMigrateSourceTests {

    private final FormatFiles files;

    SqlMigrateSourceTests(@TempDir Path directory) {
        files = new FormatFiles(directory);
    }

    @Test
    void markers_begin_the_sections_and_blocks_are_one_statement() {
        files.file(
                "1_a.sql",
                "-- +migrate Up",
                "a;",
                "b;",
                "-- +migrate StatementBegin",
                "c; ",
                "d;",
                "-- +migrate StatementEnd",
                "-- +migrate Down",
                "e;");
        assertThat(files.does(Format.SQL_MIGRATE, "sqlite")).containsExactly("1 ^ 2: a; | 3: b; | 5: c;  d; v 9: e;");
    }

    @Test
    void notransaction_applies_to_its_direction() {
        files.file("1-a.sql", "-- +migrate Up notransaction", "a;", "-- +migrate Down", "b;");
        assertThat(files.does(Format.SQL_MIGRATE, "sqlite")).containsExactly("1 (alone) ^ 2: a; v 4: b;");
    }

    @Test
    void files_are_sorted_by_number_and_other_files_ignored() {
        for (String name : new String[] {"10_x.sql", "9_x.sql", "b.sql"}) {
            files.file(name, "-- +migrate Up");
        }
        files.file("dump.sql", "a;");
        assertThat(files.ids(Format.SQL_MIGRATE)).containsExactly("b", "9", "10");
    }

    @Test
    void an_unknown_command_and_an_open_statement_are_refused() {
        files.file("1_a.sql", "-- +migrate up");
        assertThatThrownBy(() -> files.load(Format.SQL_MIGRATE)).hasMessageContaining("1_a.sql:1:1");
        files.file("1_a.sql", "-- +migrate Up", "a");
        assertThatThrownBy(() -> files.load(Format.SQL_MIGRATE)).hasMessageContaining("1_a.sql:2:1: The statement");
    }
}
