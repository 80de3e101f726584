package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GooseSourceTests {

    private final FormatFiles files;

    GooseSourceTests(@TempDir Path directory) {
        files = new FormatFiles(directory);
    }

    @Test
    void statements_end_with_a_line_whose_last_word_ends_with_a_semicolon() {
        files.file("00001_a.sql", "-- +goose Up", "a", "b; -- c", "-- d;", "e; f", "g;", "-- +goose Down", "h;");
        assertThat(files.does(Format.GOOSE, "sqlite")).containsExactly("00001 ^ 2: a b; -- c | 5: e; f g; v 8: h;");
    }

    @Test
    void a_block_is_one_statement() {
        files.file("1_a.sql", "-- +goose Up", "-- +goose StatementBegin", "a;", "b;", "-- +goose StatementEnd", "c;");
        assertThat(files.does(Format.GOOSE, "sqlite")).containsExactly("1 ^ 3: a; b; | 6: c; v Missing");
    }

    @Test
    void annotations_are_read_in_any_case_and_no_transaction_applies_to_both_directions() {
        files.file("1_a.sql", "--   +goose   up", "--+goose no  transaction", "a;", "-- +goose DOWN", "b;");
        assertThat(files.does(Format.GOOSE, "sqlite")).containsExactly("1 (alone) ^ 3: a; v (alone) 5: b;");
    }

    @Test
    void names_begin_with_a_number_from_one_and_order_is_by_number() {
        for (String name : new String[] {"10_x.sql", "9_x.sql", "0_x.sql", "x.sql", "1x.sql", "20240101_x.sql"}) {
            files.file(name, "-- +goose Up");
        }
        assertThat(files.ids(Format.GOOSE)).containsExactly("9", "10", "20240101");
    }

    @Test
    void a_number_twice_is_refused() {
        files.file("1_a.sql", "-- +goose Up").file("001_b.sql", "-- +goose Up");
        assertThatThrownBy(() -> files.load(Format.GOOSE))
                .isInstanceOf(DuplicateVersionException.class)
                .hasMessageContaining("001_b.sql and 1_a.sql are both the file of version 1");
    }

    @Test
    void a_gap_in_consecutive_numbers_is_a_note() {
        files.file("1_a.sql", "-- +goose Up").file("2_a.sql", "-- +goose Up").file("3_a.sql", "-- +goose Up");
        files.file("5_a.sql", "-- +goose Up");
        assertThat(files.notes(Format.GOOSE)).containsExactly("5_a.sql: One number is missing between 3 and 5.");
    }

    @Test
    void a_gap_is_noted_in_a_short_history_too() {
        files.file("1_a.sql", "-- +goose Up").file("2_a.sql", "-- +goose Up").file("4_a.sql", "-- +goose Up");
        assertThat(files.notes(Format.GOOSE)).containsExactly("4_a.sql: One number is missing between 2 and 4.");
    }

    @Test
    void dates_are_not_consecutive_numbers() {
        files.file("240101_a.sql", "-- +goose Up").file("240102_a.sql", "-- +goose Up");
        files.file("240105_a.sql", "-- +goose Up");
        assertThat(files.notes(Format.GOOSE)).isEmpty();
    }

    @Test
    void only_a_comment_before_the_first_statement_is_a_declaration() {
        files.file("1_a.sql", "-- +goose Up", "", "-- locks: nobody is there at night", "SELECT 1;");
        files.file("2_a.sql", "-- +goose Up", "SELECT 1;", "-- locks: of this statement", "SELECT 2;");
        assertThat(files.load(Format.GOOSE))
                .extracting(MigrationScript::exemptions)
                .containsExactly(Map.of("locks", "nobody is there at night"), Map.of());
    }

    @Test
    void a_file_that_goose_refuses_is_refused_with_its_line() {
        refused("no line '-- +goose Up'", "-- nothing");
        refused("1_a.sql:1:1: The SQL before", "a;", "-- +goose Up");
        refused("1_a.sql:1:1: '-- +goose Up' is indented", " -- +goose Up");
        refused("1_a.sql:2:1: '-- +goose Up' is already in line 1", "-- +goose Up", "-- +goose Up");
        refused("1_a.sql:1:1: '-- +goose Down' is before", "-- +goose Down", "-- +goose Up");
        refused("1_a.sql:2:1: '-- +goose Pu' is not an annotation", "-- +goose Up", "-- +goose Pu");
        refused("1_a.sql:2:1: The block that begins here", "-- +goose Up", "-- +goose StatementBegin", "a;");
        refused("ends a block that did not begin", "-- +goose Up", "-- +goose StatementEnd");
        refused("1_a.sql:3:1: The statement that begins here", "-- +goose Up", "a;", "b", "-- +goose Down");
    }

    private void refused(String message, String... lines) {
        files.file("1_a.sql", lines);
        assertThatThrownBy(() -> files.load(Format.GOOSE))
                .isInstanceOf(MalformedMigrationFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void variables_are_replaced_if_substitution_is_on() {
        files.file(
                        "1_a.sql",
                        "-- +goose Up",
                        "a $V;",
                        "-- +goose ENVSUB ON",
                        "b $V ${V} ${NO_SUCH_V:-d} ${NO_SUCH_V-e};",
                        "-- +goose ENVSUB OFF",
                        "c $V;")
                .placeholder("V", "x");
        assertThat(files.does(Format.GOOSE, "sqlite"))
                .containsExactly("1 ^ 2: a $V; | 4: b x x d e; | 6: c $V; v Missing");
    }

    @Test
    void a_variable_without_value_is_refused() {
        files.file("1_a.sql", "-- +goose Up", "-- +goose ENVSUB ON", "a ${NO_SUCH_V?set it};");
        assertThatThrownBy(() -> files.load(Format.GOOSE))
                .isInstanceOf(MissingPlaceholderException.class)
                .hasMessage("1_a.sql:3:1: The placeholder 'NO_SUCH_V' has no value (set it). Nothing was run. Set it"
                        + " with --placeholder NO_SUCH_V=VALUE.");
    }
}
