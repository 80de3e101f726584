package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.source.ConditionalMigration;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.Preconditions;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiquibaseSourceTests {

    private final FormatFiles files;

    LiquibaseSourceTests(@TempDir Path directory) {
        files = new FormatFiles(directory);
    }

    private void changelog(String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = "-- Liquibase  formatted SQL";
        System.arraycopy(lines, 0, all, 1, lines.length);
        files.file("a.sql", all);
    }

    @Test
    void changesets_are_revisions_and_rollback_lines_their_downgrades() {
        changelog(
                "--changeset bob:1",
                "--comment x",
                "a;",
                "--rollback b;",
                "--rollback c;",
                "-- changeset \"b c\":\"d e\"",
                "f;");
        assertThat(files.does(Format.LIQUIBASE, "sqlite"))
                .containsExactly("bob:1 ^ 4: a; v 5: b; c;", "b c:d e ^ 8: f; v Missing");
    }

    @Test
    void a_rollback_with_a_colon_is_lost_and_noted() {
        changelog("--changeset bob:1", "a;", "--rollback: DROP TABLE a;");
        assertThat(files.does(Format.LIQUIBASE, "sqlite")).containsExactly("bob:1 ^ 3: a; v Missing");
        assertThat(files.notes(Format.LIQUIBASE))
                .containsExactly(
                        "a.sql:4:1: '--rollback: DROP TABLE a;' is a comment for Liquibase; this rollback is lost."
                                + " Remove the colon.");
        assertThat(files.load(Format.LIQUIBASE).get(0).downgrade("sqlite"))
                .isEqualTo(
                        new Downgrade.Missing(
                                "Line 4 of a.sql reads '--rollback: DROP TABLE a;', which Liquibase treats"
                                        + " as a comment: the rollback is lost. Write '--rollback' and a space, without the colon."));
    }

    @Test
    void a_rollback_can_be_a_block_or_empty_or_another_changeset() {
        changelog(
                "--changeset bob:1",
                "a;",
                "/* liquibase rollback",
                "b;",
                "c;",
                "*/",
                "--changeset bob:2",
                "d;",
                "--rollback empty",
                "--changeset bob:3",
                "e;",
                "--rollback not required",
                "--changeset bob:4",
                "f;",
                "--rollback changeSetId:1 changeSetAuthor:bob");
        assertThat(files.does(Format.LIQUIBASE, "sqlite"))
                .containsExactly(
                        "bob:1 ^ 3: a; v 5: b; c;",
                        "bob:2 ^ 9: d; v Keep",
                        "bob:3 ^ 12: e; v Keep",
                        "bob:4 ^ 15: f; v 3: a;");
    }

    @Test
    void dbms_excludes_a_changeset_from_a_dialect() {
        changelog("--changeset b:1 dbms:postgresql,h2", "a;", "--changeset b:2 dbms:!postgresql", "b;");
        assertThat(files.does(Format.LIQUIBASE, "sqlite")).containsExactly("b:1 ^ v", "b:2 ^ 5: b; v Missing");
        assertThat(files.does(Format.LIQUIBASE, "postgresql")).containsExactly("b:1 ^ 3: a; v Missing", "b:2 ^ v");
    }

    @Test
    void options_of_a_changeset() {
        changelog(
                "--changeset b:1 runInTransaction:false context:\"x y\"",
                "a;",
                "--changeset b:2 ignore:true",
                "b;",
                "--changeset b:3 endDelimiter:// splitStatements:true",
                "c; d //",
                "e");
        assertThat(files.does(Format.LIQUIBASE, "sqlite"))
                .containsExactly("b:1 (alone) ^ 3: a; v Missing", "b:3 ^ 7: c; d | 8: e v Missing");
    }

    @Test
    void properties_are_replaced_and_unknown_ones_kept() {
        changelog("--property name:t value:jobs", "--changeset b:1", "a ${t} ${u};");
        assertThat(files.does(Format.LIQUIBASE, "sqlite")).containsExactly("b:1 ^ 4: a jobs ${u}; v Missing");
    }

    @Test
    void lines_can_be_ignored() {
        changelog(
                "--changeset b:1",
                "a;",
                "--ignoreLines:1",
                "b;",
                "c;",
                "--ignoreLines:start",
                "d;",
                "--ignoreLines:end",
                "e;");
        assertThat(files.does(Format.LIQUIBASE, "sqlite")).containsExactly("b:1 ^ 3: a;   c;    e; v Missing");
    }

    @Test
    void preconditions_are_separate_from_the_body() {
        changelog(
                "--property name:t value:jobs",
                "--changeset b:1",
                "--preconditions onFail:MARK_RAN onError:WARN onSqlOutput:TEST",
                "--precondition-sql-check expectedResult:\"0\" SELECT count(*) FROM ${t};",
                "a;",
                "--changeset b:2",
                "b;");
        assertThat(files.does(Format.LIQUIBASE, "sqlite"))
                .containsExactly("b:1 ^ 6: a; v Missing", "b:2 ^ 8: b; v Missing");
        Preconditions asked = preconditions(0).orElseThrow();
        assertThat(asked.onFail()).isEqualTo(Preconditions.Otherwise.MARK_RAN);
        assertThat(asked.onError()).isEqualTo(Preconditions.Otherwise.WARN);
        assertThat(asked.inScripts()).isEqualTo(Preconditions.InScripts.TEST);
        assertThat(asked.checks()).singleElement().satisfies(check -> {
            assertThat(check.sql().on("sqlite")).isEqualTo("SELECT count(*) FROM jobs");
            assertThat(check.expected()).isEqualTo("0");
            assertThat(check.location()).hasToString("a.sql:5:1");
        });
        assertThat(preconditions(1)).isEmpty();
    }

    private Optional<Preconditions> preconditions(int changeset) {
        return ((ConditionalMigration)
                        files.load(Format.LIQUIBASE).get(changeset).migration())
                .preconditions("sqlite");
    }

    @Test
    void a_changeset_without_name_and_sql_without_changeset_are_refused() {
        changelog("--changeset bob", "a;");
        assertThatThrownBy(() -> files.load(Format.LIQUIBASE)).hasMessageStartingWith("a.sql:2:1: '--changeset bob'");
        changelog("a;");
        assertThatThrownBy(() -> files.load(Format.LIQUIBASE)).hasMessageStartingWith("a.sql:2:1: There is SQL before");
    }

    @Test
    void files_are_read_in_the_order_of_their_paths_and_one_id_may_come_twice() {
        changelog("--changeset b:1", "a;");
        files.file("b/a.sql", "--liquibase formatted sql", "--changeset b:1", "b;")
                .file("c.sql", "c;");
        assertThat(files.ids(Format.LIQUIBASE)).containsExactly("b:1", "b:1 in b/a.sql");
    }
}
