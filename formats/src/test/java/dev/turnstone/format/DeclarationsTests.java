package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclarationsTests {

    private final FormatFiles files;

    DeclarationsTests(@TempDir Path directory) {
        files = new FormatFiles(directory);
    }

    private MigrationScript only(Format format) {
        return files.load(format).get(0);
    }

    @Test
    void comments_above_the_first_statement_of_either_direction_are_declarations() {
        files.file("1_a.up.sql", "", "-- lossy: old rows go", "-- locks: at night", "DROP TABLE a;")
                .file("1_a.down.sql", "-- rerun-exempt: once only", "-- lossy: another", "CREATE TABLE a (b int);");
        MigrationScript script = only(Format.GOLANG_MIGRATE);
        assertThat(script.lossy()).isEqualTo("old rows go");
        assertThat(script.rerunExempt()).isEqualTo("once only");
        assertThat(script.exemptions()).containsOnlyKeys("locks");
    }

    @Test
    void comments_above_the_marker_of_the_upgrade_are_declarations() {
        files.file("1_a.sql", "-- lossy: d", "-- migrate:up", "a;", "-- migrate:down", "b;");
        assertThat(only(Format.DBMATE).lossy()).isEqualTo("d");
        files.file("1_a.sql", "-- lossy: g", "-- +goose Up", "a;", "-- +goose Down", "b;");
        assertThat(only(Format.GOOSE).lossy()).isEqualTo("g");
        files.file("1_a.sql", "-- lossy: m", "-- +migrate Up", "a;", "-- +migrate Down", "b;");
        assertThat(only(Format.SQL_MIGRATE).lossy()).isEqualTo("m");
    }

    @Test
    void every_other_format_has_declarations_in_its_body() {
        files.file("1_a/up.sql", "-- lossy: p", "a;");
        assertThat(only(Format.DIESEL).lossy()).isEqualTo("p");
        assertThat(only(Format.PAIRS).lossy()).isEqualTo("p");
        files.file("2_a.sql", "-- lossy: x", "a;");
        assertThat(only(Format.SQLX).lossy()).isEqualTo("x");
        files.file("V1__a.sql", "-- lossy: f", "a;");
        assertThat(only(Format.FLYWAY).lossy()).isEqualTo("f");
        files.file("l.sql", "--liquibase formatted sql", "--changeset a:1", "-- lossy: l", "a;");
        assertThat(only(Format.LIQUIBASE).lossy()).isEqualTo("l");
    }

    @Test
    void a_later_comment_or_one_without_a_reason_is_not_a_declaration() {
        files.file("1_a.up.sql", "a;", "-- lossy: below", "-- locks: below")
                .file("1_a.down.sql", "-- lossy:", "/* -- lossy: inside */", "b;");
        MigrationScript script = only(Format.GOLANG_MIGRATE);
        assertThat(script.lossy()).isNull();
        assertThat(script.exemptions()).isEmpty();
    }

    @Test
    void an_empty_downgrade_can_be_declared() {
        files.file("1_a.up.sql", "a;")
                .file("1_a.down.sql", "-- irreversible: what was dropped is gone")
                .file("2_b.up.sql", "-- keep: others read it", "b;")
                .file("3_c.up.sql", "c;");
        assertThat(files.load(Format.GOLANG_MIGRATE).stream().map(script -> script.downgrade("sqlite")))
                .containsExactly(
                        new Downgrade.Irreversible("what was dropped is gone"),
                        new Downgrade.Keep("others read it"),
                        new Downgrade.Missing());
    }

    @Test
    void a_section_without_statements_can_have_a_reason() {
        files.file("1_a.sql", "-- +goose Up", "a;", "-- +goose Down", "-- irreversible: gone");
        assertThat(only(Format.GOOSE).downgrade("postgresql")).isEqualTo(new Downgrade.Irreversible("gone"));
    }

    @Test
    void sql_of_the_other_tool_takes_precedence_over_a_comment() {
        files.file("1_a.up.sql", "-- keep: no", "a;").file("1_a.down.sql", "-- irreversible: no", "b;");
        assertThat(only(Format.GOLANG_MIGRATE).downgrade("sqlite")).isEqualTo(new Downgrade.Defined());
    }
}
