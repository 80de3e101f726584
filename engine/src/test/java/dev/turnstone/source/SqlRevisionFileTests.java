package dev.turnstone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.operation.Migration;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlRevisionFileTests {

    private static Optional<MigrationScript> parse(String text) {
        return SqlRevisionFile.parse("a.sql", text.getBytes(StandardCharsets.UTF_8), FileNameTemplate.DEFAULT);
    }

    private static MigrationScript script(String text) {
        return parse(text).orElseThrow();
    }

    private static List<String> upgrade(Migration migration, String dialect, String... there) {
        RecordedOperations op = new RecordedOperations(dialect, there);
        migration.upgrade(op);
        return op.log();
    }

    private static List<String> downgrade(Migration migration, String dialect) {
        RecordedOperations op = new RecordedOperations(dialect);
        migration.downgrade(op);
        return op.log();
    }

    @Test
    void the_header_sets_the_parents_of_the_revision() {
        MigrationScript script = script("""
                -- Licensed to whom it may concern.
                -- revision: c41d
                -- parents: b7f2, 9e01
                -- depends-on: core,a1
                -- labels: shop, core2
                -- message: give jobs: a priority
                -- created: 2024-05-31T14:30+02:00
                -- no transaction
                -- rerun-exempt: it fills a table
                -- locks: no one is there at night
                -- not-additive: no one reads it
                -- Note: the last line

                -- upgrade
                SELECT 1;
                """);

        assertThat(script.revision())
                .isEqualTo(new Revision(
                        RevisionId.of("c41d"),
                        List.of(RevisionId.of("b7f2"), RevisionId.of("9e01")),
                        List.of("core", "a1"),
                        Set.of("shop", "core2"),
                        "give jobs: a priority",
                        Instant.parse("2024-05-31T12:30:00Z"),
                        "a.sql"));
        assertThat(script.transaction(Direction.UPGRADE, "sqlite")).isEqualTo(TransactionMode.NONE);
        assertThat(script.rerunExempt()).isEqualTo("it fills a table");
        assertThat(script.exemptions())
                .isEqualTo(Map.of("locks", "no one is there at night", "not-additive", "no one reads it"));
        assertThat(script.format()).isEqualTo(Format.TURNSTONE);
    }

    @Test
    void a_header_of_an_id_alone_is_a_base_in_one_transaction() {
        MigrationScript script = script("-- revision: a\n-- upgrade\n");

        assertThat(script.revision()).isEqualTo(Revision.of(RevisionId.of("a"), List.of(), "", "a.sql"));
        assertThat(script.transaction(Direction.UPGRADE, "sqlite")).isEqualTo(TransactionMode.PER_REVISION);
        assertThat(script.rerunExempt()).isNull();
        assertThat(script.exemptions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-05-31, 2024-05-31T00:00:00Z",
        "2024-05-31T14:30, 2024-05-31T14:30:00Z",
        "2024-05-31T14:30:05.25, 2024-05-31T14:30:05.250Z",
        "2024-05-31T14:30Z, 2024-05-31T14:30:00Z",
        "2024-05-31T14:30:00-05:00, 2024-05-31T19:30:00Z"
    })
    void a_date_without_an_offset_is_utc(String written, Instant created) {
        assertThat(script("-- revision: a\n-- created: " + written + "\n-- upgrade\n")
                        .revision()
                        .created())
                .isEqualTo(created);
    }

    @Test
    void each_section_has_its_own_location_in_the_file() {
        Migration migration = script("""
                        -- revision: a
                        -- upgrade
                        CREATE TABLE a (x);
                        -- a comment
                        CREATE TABLE b (x);
                        -- downgrade

                        DROP TABLE b; DROP TABLE a
                        """).migration();

        assertThat(upgrade(migration, "sqlite"))
                .containsExactly("3: CREATE TABLE a (x); -- a comment CREATE TABLE b (x);");
        assertThat(downgrade(migration, "sqlite")).containsExactly("7: DROP TABLE b; DROP TABLE a");
    }

    @Test
    void a_section_that_names_the_dialect_replaces_the_general_one() {
        MigrationScript script = script("""
                -- revision: a
                -- upgrade
                any;
                -- upgrade postgresql
                pg;
                -- downgrade sqlite
                lite;
                -- downgrade
                any;
                """);

        assertThat(upgrade(script.migration(), "sqlite")).containsExactly("3: any;");
        assertThat(upgrade(script.migration(), "postgresql")).containsExactly("5: pg;");
        assertThat(downgrade(script.migration(), "sqlite")).containsExactly("7: lite;");
        assertThat(downgrade(script.migration(), "postgresql")).containsExactly("9: any;");
    }

    @Test
    void a_dialect_without_an_upgrade_section_has_nothing_to_apply_or_revert() {
        MigrationScript script = script("-- revision: a\n-- upgrade postgresql\nx;\n-- downgrade\ny;\n");

        assertThat(upgrade(script.migration(), "sqlite")).isEmpty();
        assertThat(downgrade(script.migration(), "sqlite")).isEmpty();
        assertThat(script.downgrade("sqlite")).isEqualTo(new Downgrade.Defined());
        assertThat(script.downgrade("postgresql")).isEqualTo(new Downgrade.Defined());
    }

    @Test
    void a_missing_downgrade_is_reported_by_dialect() {
        MigrationScript script = script("-- revision: a\n-- upgrade\nx;\n-- downgrade sqlite\ny;\n");

        assertThat(script.downgrade("sqlite")).isEqualTo(new Downgrade.Defined());
        assertThat(script.downgrade("postgresql")).isEqualTo(new Downgrade.Missing());
        assertThatThrownBy(() -> downgrade(script.migration(), "postgresql"))
                .hasMessage("a.sql has no downgrade on postgresql.");
    }

    @Test
    void an_empty_downgrade_section_is_a_downgrade_that_does_nothing() {
        MigrationScript script = script("-- revision: a\n-- upgrade\nx;\n-- downgrade\n");

        assertThat(script.downgrade("sqlite")).isEqualTo(new Downgrade.Defined());
        assertThat(downgrade(script.migration(), "sqlite")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- revision: a\n-- keep: rows: stay\n-- upgrade\nx;",
                "-- revision: a\n-- upgrade\nx;\n-- keep: rows: stay"
            })
    void keep_is_in_the_header_or_after_the_upgrade(String text) {
        MigrationScript script = script(text);

        assertThat(script.downgrade("sqlite")).isEqualTo(new Downgrade.Keep("rows: stay"));
        assertThat(upgrade(script.migration(), "sqlite")).hasSize(1);
        assertThat(downgrade(script.migration(), "sqlite")).isEmpty();
    }

    @Test
    void irreversible_keeps_its_reason() {
        MigrationScript script = script("-- revision: a\n-- upgrade sqlite\nx;\n-- irreversible: data is gone\n");

        assertThat(script.downgrade("sqlite")).isEqualTo(new Downgrade.Irreversible("data is gone"));
        assertThat(script.downgrade("postgresql")).isEqualTo(new Downgrade.Defined());
    }

    private static final String GUARDS = """
            -- revision: a
            -- upgrade
            before;
            -- unless table Jobs
            jobs;
            -- unless column "My Jobs".Priority
            priority;
            -- end
            -- end
            -- unless index IX
            ix;
            -- end
            after;
            """;

    @Test
    void a_block_runs_outside_the_transaction() {
        String file = """
                -- revision: a
                -- upgrade
                before;
                -- unless table jobs
                -- autocommit
                apart;
                -- end
                -- end
                after;
                """;

        assertThat(upgrade(script(file).migration(), "postgresql"))
                .containsExactly("3: before;", "? table jobs", "autocommit", "6: apart;", "end", "9: after;");
    }

    @Test
    void guarded_statements_run_if_the_object_does_not_exist() {
        assertThat(upgrade(script(GUARDS).migration(), "postgresql"))
                .containsExactly(
                        "3: before;",
                        "? table jobs",
                        "5: jobs;",
                        "? columns My Jobs",
                        "7: priority;",
                        "? index ix",
                        "11: ix;",
                        "13: after;");
    }

    @Test
    void guarded_statements_are_skipped_if_the_object_exists() {
        assertThat(upgrade(script(GUARDS).migration(), "postgresql", "table jobs", "index ix"))
                .containsExactly("3: before;", "? table jobs", "? index ix", "13: after;");
        assertThat(upgrade(script(GUARDS).migration(), "postgresql", "column My Jobs.priority"))
                .contains("5: jobs;")
                .doesNotContain("7: priority;");
    }

    @Test
    void sqlite_gets_names_unchanged_and_compares_columns_without_case() {
        assertThat(upgrade(script(GUARDS).migration(), "sqlite", "table Jobs", "index IX"))
                .containsExactly("3: before;", "? table Jobs", "? index IX", "13: after;");
        assertThat(upgrade(script(GUARDS).migration(), "sqlite", "column My Jobs.PRIORITY"))
                .doesNotContain("7: priority;");
    }

    @Test
    void a_quoted_name_keeps_its_case_dots_and_quotes() {
        Migration migration = script("""
                        -- revision: a
                        -- upgrade
                        -- unless column "A.b"."C ""d"
                        x;
                        -- end
                        """).migration();

        assertThat(upgrade(migration, "postgresql", "column A.b.C \"d")).containsExactly("? columns A.b");
        assertThat(upgrade(migration, "postgresql", "column A.b.c \"d")).contains("4: x;");
    }

    @Test
    void if_runs_its_statements_only_if_the_object_exists() {
        Migration migration = script("""
                        -- revision: a
                        -- upgrade
                        -- if column jobs.priority
                        drop;
                        -- end
                        """).migration();

        assertThat(upgrade(migration, "sqlite", "column jobs.priority")).containsExactly("? columns jobs", "4: drop;");
        assertThat(upgrade(migration, "sqlite")).containsExactly("? columns jobs");
    }

    @Test
    void a_sentence_that_begins_with_if_is_a_comment() {
        Migration migration = script("""
                        -- revision: a
                        -- upgrade
                        -- if table scans are slow, add an index
                        -- if index
                        x;
                        """).migration();

        assertThat(upgrade(migration, "sqlite")).hasSize(1);
    }

    @Test
    void text_that_looks_like_a_marker_in_a_body_is_not_a_marker() {
        Migration migration = script("""
                        -- revision: a
                        -- upgrade postgresql
                        CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$
                        BEGIN
                        -- unless table x
                          -- end
                        -- keep: going
                        -- message: none
                        -- upgrad
                        END $$;
                        /*
                        -- end
                        */
                        """).migration();

        assertThat(upgrade(migration, "postgresql")).hasSize(1);
    }

    @Test
    void a_file_without_any_marker_is_not_a_revision() {
        assertThat(parse("-- the schema as of May; upgrade it\n-- see: issue 12\nCREATE TABLE a (x);\n"))
                .isEmpty();
        assertThat(parse("-- upgrade all users\nUPDATE users SET plan = 'it''s';\n"))
                .isEmpty();
        assertThat(parse("")).isEmpty();
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_make_no_difference() {
        Migration migration = script("\uFEFF-- revision: a\r\n-- upgrade\r\nx\r\ny;\r\n-- downgrade\r\nz;")
                .migration();
        assertThat(upgrade(migration, "sqlite")).containsExactly("3: x y;");
    }

    @Test
    void comments_alone_run_nothing() {
        assertThat(upgrade(script("-- revision: a\n-- upgrade\n-- nothing\n\n").migration(), "sqlite"))
                .isEmpty();
    }

    @Test
    void a_line_that_is_not_utf8_is_named() {
        byte[] bytes = "-- revision: a\n-- message: gr\u00F6\u00DFer\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> SqlRevisionFile.parse("a.sql", bytes, FileNameTemplate.DEFAULT))
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessage("a.sql:2: This line is not UTF-8. Save the file in UTF-8.");
    }
}
