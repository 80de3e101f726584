package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.source.Format;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatDetectionTests {

    private final Path directory;
    private final FormatFiles files;

    FormatDetectionTests(@TempDir Path directory) {
        this.directory = directory;
        files = new FormatFiles(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.sql | -- revision: x | turnstone",
                "1_a.sql | -- migrate:up | dbmate",
                "1_a.sql | -- +goose Up | goose",
                "1_a.sql | -- +migrate Up | sql-migrate",
                "1_a.up.sql | x | golang-migrate",
                "1_a.sql | x | sqlx",
                "2024-01-01_a/up.sql | x | diesel",
                "V1__a.sql | x | flyway",
                "a/b.sql | --liquibase formatted sql | liquibase",
                "V0001.a.up.sql | x | pairs",
                "1_a_up.sql | x | pairs",
                "1_a.tx.up.sql | x | pairs",
                "migrations/1_a.up.sql | x | golang-migrate",
            })
    void a_file_shows_the_format(String name, String text, String format) {
        files.file(name, text);
        assertThat(FormatDetection.of(directory).format().label()).isEqualTo(format);
    }

    @Test
    void folders_with_consecutive_numbers_are_not_versions_of_diesel() {
        files.file("2_a/up.sql").file("10_b/up.sql");
        assertThat(FormatDetection.of(directory).format()).isEqualTo(Format.PAIRS);
    }

    @Test
    void one_name_that_only_pairs_allow_decides_for_its_neighbours() {
        files.file("1_a.up.sql").file("2_a_postgres.up.sql");
        assertThat(FormatDetection.of(directory).format()).isEqualTo(Format.PAIRS);
    }

    @Test
    void two_formats_are_refused_and_both_named() {
        files.file("1_a.up.sql", "x").file("2_b.sql", "-- migrate:up");
        assertThatThrownBy(() -> FormatDetection.of(directory).format())
                .isInstanceOf(UnclearFormatException.class)
                .hasMessage("Files of several formats are mixed in " + directory + ":\n"
                        + "  dbmate: 1, such as 2_b.sql\n"
                        + "  golang-migrate: 1, such as 1_a.up.sql\n"
                        + "Select one with --format, or give a directory with one format.");
    }

    @Test
    void a_title_that_ends_with_up_is_not_a_pair() {
        files.file("20240101_1200_1_add_f_cnt_up.sql", "-- revision: 1", "-- upgrade");
        assertThat(FormatDetection.of(directory).format()).isEqualTo(Format.TURNSTONE);
        files.file("x/1_f_cnt_up.sql", "SELECT 1");
        assertThat(FormatDetection.of(directory.resolve("x")).format()).isEqualTo(Format.PAIRS);
    }

    @Test
    void no_files_and_several_directories_are_refused() {
        assertThatThrownBy(() -> FormatDetection.of(directory).format())
                .hasMessageStartingWith("Turnstone recognises no migrations");
        files.file("postgres/1_a.up.sql").file("sqlite/1_a.up.sql");
        assertThatThrownBy(() -> FormatDetection.of(directory))
                .isInstanceOf(UnclearFormatException.class)
                .hasMessageContaining(directory.resolve("sqlite").toString());
    }

    @Test
    void the_dialect_comes_from_the_directory_then_from_the_sql() {
        files.file("sqlite/1_a.up.sql", "SELECT 1");
        assertThat(FormatDetection.of(directory).dialect()).contains("sqlite");
        files.file("x/1_a.up.sql", "CREATE TABLE a (b jsonb)");
        assertThat(FormatDetection.of(directory.resolve("x")).dialect()).contains("postgresql");
        files.file("y/1_a.up.sql", "SELECT 1");
        assertThat(FormatDetection.of(directory.resolve("y")).dialect()).isEmpty();
        assertThat(List.of(Format.values()))
                .allMatch(f -> Format.labelled(f.label()).isPresent());
    }
}
