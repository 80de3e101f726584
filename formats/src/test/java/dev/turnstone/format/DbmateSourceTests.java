package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.source.Format;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbmateSourceTests {

    private final FormatFiles files;

    DbmateSourceTests(@TempDir Path directory) {
        files = new FormatFiles(directory);
    }

    @Test
    void a_file_has_two_blocks_and_each_is_sent_as_a_whole() {
        files.file("20240101_a.sql", "-- why", "", "-- migrate:up", "a;", "b", "-- migrate:down", "c;");
        assertThat(files.does(Format.DBMATE, "sqlite")).containsExactly("20240101 ^ 4: a; b v 7: c;");
    }

    @Test
    void files_are_sorted_by_name_as_strings() {
        for (String name : new String[] {"9_x.sql", "10_x.sql", "x_1.sql", "a.sql", "011.sql"}) {
            files.file(name, "-- migrate:up", "-- migrate:down");
        }
        assertThat(files.ids(Format.DBMATE)).containsExactly("011", "10", "9");
    }

    @Test
    void only_the_exact_option_turns_the_transaction_off() {
        files.file("1_a.sql", "-- migrate:up transaction:false", "a", "-- migrate:down", "b")
                .file("2_b.sql", "-- migrate:up transaction: false", "a", "-- migrate:down transaction:false x:y", "b");
        assertThat(files.does(Format.DBMATE, "sqlite"))
                .containsExactly("1 (alone) ^ 2: a v 4: b", "2 ^ 2: a v (alone) 4: b");
    }

    @Test
    void blocks_may_be_empty_and_nothing_is_substituted() {
        files.file("1_a.sql", "-- migrate:up", "SELECT '${x} $y'", "-- migrate:down");
        assertThat(files.does(Format.DBMATE, "sqlite")).containsExactly("1 ^ 2: SELECT '${x} $y' v");
    }

    @Test
    void both_markers_are_required_in_column_one_and_in_lower_case() {
        files.file("1_a.sql", "-- migrate:up", "a", " -- migrate:down", "-- migrate:DOWN");
        assertThatThrownBy(() -> files.load(Format.DBMATE))
                .isInstanceOf(MalformedMigrationFileException.class)
                .hasMessage("1_a.sql:1:1: The file has no line '-- migrate:down' in column 1, so dbmate refuses it."
                        + " Add it; what follows it may be empty.");
    }

    @Test
    void sql_before_the_first_marker_is_refused() {
        files.file("1_a.sql", "-- x", "a;", "-- migrate:up", "-- migrate:down");
        assertThatThrownBy(() -> files.load(Format.DBMATE)).hasMessageStartingWith("1_a.sql:2:1: There is SQL before");
    }

    @Test
    void a_marker_out_of_order_or_twice_is_refused() {
        files.file("1_a.sql", "-- migrate:down", "-- migrate:up");
        assertThatThrownBy(() -> files.load(Format.DBMATE)).hasMessageContaining("1_a.sql:1:1");
        files.file("1_a.sql", "-- migrate:up", "-- migrate:down", "-- migrate:up");
        assertThatThrownBy(() -> files.load(Format.DBMATE)).hasMessageContaining("is already in line 1");
    }

    @Test
    void two_files_of_one_version_are_both_kept_with_a_note() {
        files.file("1_b.sql", "-- migrate:up", "-- migrate:down").file("1_a.sql", "-- migrate:up", "-- migrate:down");
        assertThat(files.ids(Format.DBMATE)).containsExactly("1", "1_b.sql");
        assertThat(files.notes(Format.DBMATE))
                .containsExactly(
                        "1_b.sql: Version 1 is also the version of 1_a.sql. Both are kept, ordered by their full names;"
                                + " this one is called '1_b.sql'.");
    }
}
