package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.Migrator;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.FileNameTemplate;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.RecordedOperations;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.SqlFileSource;
import dev.turnstone.source.SqlRevisionFile;
import dev.turnstone.source.TransactionMode;
import dev.turnstone.testing.DatabaseForTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class HistoryImportTests {

    private static final String UP = "CREATE TABLE a (id integer PRIMARY KEY);\nCREATE INDEX a_id ON a (id);";
    private static final String DOWN = "DROP TABLE a;";
    private static final String MORE = "ALTER TABLE a ADD COLUMN note text;";

    @TempDir
    private Path directory = Path.of("");

    private record History(String title, Format format, List<String> dialects, Consumer<FormatFiles> files) {}

    private static final List<String> BOTH = List.of("sqlite", "postgresql");
    private static final List<String> POSTGRESQL = List.of("postgresql");

    private static List<History> histories() {
        return List.of(
                new History("dbmate", Format.DBMATE, BOTH, files -> files.file(
                                "20240101000000_a.sql", "-- migrate:up", UP, "-- migrate:down", DOWN)
                        .file("20240102000000_b.sql", "-- migrate:up transaction:false", MORE, "-- migrate:down")),
                new History("goose", Format.GOOSE, POSTGRESQL, files -> files.file(
                                "1_a.sql", "-- +goose Up", UP, "-- +goose Down", DOWN)
                        .file(
                                "2_f.sql",
                                "-- +goose ENVSUB ON",
                                "-- +goose Up",
                                "-- +goose StatementBegin",
                                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$",
                                "-- one, two",
                                "SELECT ${ONE}; SELECT 2",
                                "$$",
                                "-- +goose StatementEnd",
                                "CREATE TABLE b (id int);",
                                "-- +goose Down",
                                "DROP TABLE b;",
                                "DROP FUNCTION f();")
                        .placeholder("ONE", "1")),
                new History("golang-migrate", Format.GOLANG_MIGRATE, BOTH, files -> files.file("1_a.up.sql", UP)
                        .file("1_a.down.sql", DOWN)
                        .file("2_b.up.sql", "BEGIN;\n" + MORE + "\nCOMMIT;")
                        .file("2_b.down.sql", "ALTER TABLE a DROP COLUMN note; -- upgrade")
                        .file("3_c.up.sql", "")
                        .file("3_c.down.sql", "")),
                new History(
                        "golang-migrate, with what no transaction holds",
                        Format.GOLANG_MIGRATE,
                        POSTGRESQL,
                        files -> files.file("1_a.up.sql", "CREATE TYPE e AS ENUM ('a');" + UP)
                                .file("1_a.down.sql", DOWN + "DROP TYPE e;")
                                .file("2_b.up.sql", "CREATE INDEX CONCURRENTLY i ON a (id);")
                                .file("2_b.down.sql", "DROP INDEX i;")
                                .file("3_c.up.sql", "ALTER TYPE e ADD VALUE 'b'; CREATE TABLE u (x e DEFAULT 'b');")
                                .file("3_c.down.sql", "DROP TABLE u;")
                                .file("4_d.up.sql", "\\connect shop", "COPY a (id) FROM stdin;", "1", "\\.")
                                .file("4_d.down.sql", "DELETE FROM a;")),
                new History("sqlx", Format.SQLX, BOTH, files -> files.file("1_a.up.sql", UP)
                        .file("1_a.down.sql", DOWN)
                        .file("2_b.up.sql", MORE)
                        .file("2_b.down.sql", "")),
                new History("sqlx, one way", Format.SQLX, BOTH, files -> files.file("1_a.sql", UP)
                        .file("2_b.sql", MORE)),
                new History("diesel", Format.DIESEL, BOTH, files -> files.file("2024-01-01-000000_a/up.sql", UP)
                        .file("2024-01-01-000000_a/down.sql", DOWN)
                        .file("2024-01-02-000000_b/up.sql", MORE)
                        .file("2024-01-02-000000_b/metadata.toml", "run_in_transaction = false")
                        .file("2024-01-02-000000_b/down.sql", "-- nothing")),
                new History(
                        "flyway", Format.FLYWAY, BOTH, files -> files.file("V1__a.sql", UP.replace("a_id", "${index}"))
                                .file("U1__a.sql", DOWN)
                                .file("V1_1__b.sql", MORE)
                                .file("R__views.sql", "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT id FROM a;")
                                .placeholder("index", "a_id")),
                new History(
                        "liquibase",
                        Format.LIQUIBASE,
                        BOTH,
                        files -> files.file(
                                "a.sql",
                                "--liquibase formatted sql",
                                "--changeset ann:1",
                                UP,
                                "--rollback " + DOWN,
                                "--changeset ann:2 dbms:postgresql",
                                "CREATE TABLE p (id int);",
                                "--rollback DROP TABLE p;",
                                "--changeset ann:3 endDelimiter:/",
                                "CREATE TABLE q (id int)",
                                "/",
                                "CREATE TABLE r (id int)",
                                "/",
                                "--rollback empty")),
                new History("sql-migrate", Format.SQL_MIGRATE, BOTH, files -> files.file(
                                "1_a.sql", "-- +migrate Up", UP, "-- +migrate Down", DOWN)
                        .file("2_b.sql", "-- +migrate Up notransaction", MORE, "-- +migrate Down")),
                new History("pairs", Format.PAIRS, BOTH, files -> files.file("V0001.A.up.sql", UP)
                        .file("V0001.A.down.sql", DOWN)
                        .file("V0002.B.sqlite.up.sql", MORE)
                        .file("V0002.B.postgres.up.sql", MORE + "CREATE TABLE p (id int);")
                        .file("V0002.B.postgres.down.sql", "DROP TABLE p;")));
    }

    @TestFactory
    Stream<DynamicTest> an_imported_history_makes_the_same_schemas_up_and_down() {
        return histories().stream().flatMap(history -> history.dialects().stream()
                .map(dialect -> DynamicTest.dynamicTest(
                        history.title() + " on " + dialect, () -> assertSame(history, dialect))));
    }

    @Test
    void every_format_of_another_tool_is_tested() {
        assertThat(histories().stream().map(History::format).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Format.values())
                        .filter(f -> f != Format.TURNSTONE)
                        .toList());
    }

    private void assertSame(History history, String dialect) throws IOException, SQLException {
        FormatFiles files = new FormatFiles(directory.resolve(history.title() + dialect));
        history.files().accept(files);
        Scripts original = Scripts.of(files.load(history.format()));
        Scripts imported = imported(original);
        assertThat(imported.inOrder().stream().map(s -> kind(s, dialect)).toList())
                .isEqualTo(
                        original.inOrder().stream().map(s -> kind(s, dialect)).toList());
        List<Schema> before = schemas(original, dialect);
        List<Schema> after = schemas(imported, dialect);
        assertThat(after).hasSameSizeAs(before);
        assertThat(before).hasSizeGreaterThan(original.inOrder().size());
        for (int i = 0; i < before.size(); i++) {
            assertThat(SchemaDiff.between(before.get(i), after.get(i)).toString())
                    .as("after step %d", i)
                    .isEmpty();
        }
    }

    private static String kind(MigrationScript script, String dialect) {
        return script.revision().message() + " "
                + script.downgrade(dialect).getClass().getSimpleName();
    }

    /** Writes the imported files and reads them back. */
    private Scripts imported(Scripts original) throws IOException {
        Path target = Files.createTempDirectory(directory, "imported");
        for (ImportedRevision revision : HistoryImport.of(original)) {
            Files.writeString(target.resolve(revision.fileName()), revision.text());
        }
        return Scripts.load(List.of(SqlFileSource.of(target)));
    }

    /** Returns the schemas at the beginning, after each upgrade, and after each downgrade. */
    private static List<Schema> schemas(Scripts scripts, String dialect) throws IOException, SQLException {
        try (DatabaseForTests database =
                dialect.equals("sqlite") ? DatabaseForTests.sqlite() : DatabaseForTests.postgresql()) {
            Migrator migrator = Migrator.of(database.dataSource(), scripts);
            migrator.ensureVersionTable();
            List<Schema> schemas = new ArrayList<>(List.of(read(database)));
            List<MigrationScript> history = scripts.inOrder();
            for (MigrationScript script : history) {
                migrator.upgrade(script.id().value());
                schemas.add(read(database));
            }
            for (int i = history.size() - 1; i >= 0; i--) {
                if (history.get(i).downgrade(dialect) instanceof Downgrade.Missing) {
                    break;
                }
                Revision revision = history.get(i).revision();
                migrator.downgrade(
                        revision.parents().isEmpty()
                                ? "base"
                                : revision.parents().get(0).value());
                schemas.add(read(database));
            }
            return schemas;
        }
    }

    private static Schema read(DatabaseForTests database) throws SQLException {
        Dialect dialect = Dialects.named(database.dialect());
        try (Connection connection = database.dataSource().getConnection()) {
            return dialect.read(connection, dialect.currentScope(connection));
        }
    }

    private List<ImportedRevision> files(Format format, Map<String, String> files) {
        FormatFiles written = new FormatFiles(directory);
        files.forEach(written::file);
        return HistoryImport.of(Scripts.of(written.load(format)));
    }

    private String only(Format format, String name, String... lines) {
        return files(format, Map.of(name, String.join("\n", lines))).get(0).text();
    }

    @Test
    void a_file_names_its_origin() {
        List<ImportedRevision> files = files(
                Format.DBMATE,
                Map.of(
                        "20240531143000_add jobs.sql",
                        "-- migrate:up\nCREATE TABLE jobs (id int);\n\n-- migrate:down\nDROP TABLE jobs;\n",
                        "20240601000000_b.sql",
                        "-- migrate:up\n-- migrate:down\n"));
        assertThat(files.get(0).fileName()).isEqualTo("20240531_1430_20240531143000_add_jobs.sql");
        assertThat(files.get(0).text()).isEqualTo("""
                -- revision: 20240531143000
                -- message: add jobs
                -- created: 2024-05-31T14:30:00Z
                -- imported: version 20240531143000 of dbmate, 20240531143000_add jobs.sql

                -- upgrade
                CREATE TABLE jobs (id int);

                -- downgrade
                DROP TABLE jobs;
                """);
        assertThat(files.get(1).text()).contains("-- parents: 20240531143000\n", "-- upgrade\n\n-- downgrade\n");
    }

    @Test
    void invalid_ids_are_replaced_by_valid_ones() {
        List<ImportedRevision> files = files(Format.LIQUIBASE, Map.of("a.sql", """
                        --liquibase formatted sql
                        --changeset a-b:1
                        SELECT 1;
                        --changeset a:b:1
                        SELECT 1;
                        --changeset "a+b":1
                        SELECT 1;
                        --rollback: DROP
                        """));
        assertThat(files.stream().map(file -> file.id().value()).toList())
                .containsExactly("a_b_1", "a_b_1_2", "a_b_1_3");
        assertThat(files.get(0).fileName()).isEqualTo("20000101_0000_a_b_1.sql");
        assertThat(files.get(0).text()).contains("-- imported: version a-b:1 of liquibase, a.sql\n");
        assertThat(files.get(2).text()).contains("-- imported: Line 8 of a.sql reads '--rollback: DROP'");
        assertThat(files.get(2).text()).doesNotContain("-- downgrade", "-- keep", "-- irreversible");
    }

    @Test
    @SuppressWarnings("SystemOut") // Prints the number of checked cases.
    void comments_that_look_like_markers_are_marked_as_imported() {
        String[] markers = {
            "-- upgrade",
            "--downgrade sqlite",
            "-- upgrade the table",
            "-- if table a",
            "-- unless it is there",
            "-- end",
            "  -- end",
            "-- autocommit",
            "-- autocomit",
            "-- revision: 7",
            "-- keep: all",
            "-- irreversible",
            "-- no transaction",
            "-- parents: 1",
            "-- downgrad",
            "-- message: x",
            "-- kep: it",
        };
        String text =
                only(Format.GOLANG_MIGRATE, "1_a.up.sql", "SELECT 1;\n" + String.join("\n", markers) + "\nSELECT 2;");
        assertThat(text).contains("-- imported: upgrade\n", "-- imported: upgrade the table\n", "\n  -- imported: end");
        MigrationScript script = SqlRevisionFile.parse(
                        "x.sql", text.getBytes(StandardCharsets.UTF_8), FileNameTemplate.DEFAULT)
                .orElseThrow();
        assertThat(script.id().value()).isEqualTo("1");
        assertThat(script.transaction(Direction.UPGRADE, "sqlite")).isEqualTo(TransactionMode.PER_REVISION);
        RecordedOperations recorded = new RecordedOperations("sqlite");
        script.migration().upgrade(recorded);
        assertThat(recorded.log()).hasSize(1).first().asString().contains("SELECT 1", "SELECT 2");
        System.out.println("markers in bodies checked: " + markers.length);
    }

    @Test
    void a_quoted_line_stays_unchanged() {
        assertThat(only(Format.GOLANG_MIGRATE, "1_a.up.sql", "INSERT INTO a VALUES ('", "-- keep: b", "');"))
                .contains("('\n-- keep: b\n')");
        assertThatThrownBy(
                        () -> only(Format.GOLANG_MIGRATE, "1_a.up.sql", "INSERT INTO a VALUES ('", "-- upgrade", "');"))
                .isInstanceOf(NotImportableException.class)
                .hasMessageContaining("1_a.up.sql:2:1: '-- upgrade' is within a quote")
                .hasMessageContaining("Nothing was written");
        assertThatThrownBy(() -> only(Format.GOLANG_MIGRATE, "1_a.up.sql", "DO $$BEGIN", "-- end", "END$$;"))
                .as("a quote to PostgreSQL only")
                .isInstanceOf(NotImportableException.class)
                .hasMessageContaining("1_a.up.sql:2:1: '-- end'");
        assertThat(only(Format.GOLANG_MIGRATE, "1_a.up.sql", "DO $$BEGIN", " -- end", "END$$;"))
                .contains("BEGIN\n -- end\nEND");
    }

    @Test
    void an_existing_transaction_is_kept() {
        assertThat(only(Format.GOLANG_MIGRATE, "1_a.up.sql", "VACUUM;")).contains("\n-- no transaction\n");
        new FormatFiles(directory).file("1_a.down.sql", "SELECT 1");
        assertThat(only(Format.GOLANG_MIGRATE, "1_a.up.sql", "VACUUM;"))
                .doesNotContain("-- no transaction")
                .contains("-- upgrade\n-- autocommit\nVACUUM;\n-- end\n\n-- downgrade\nSELECT 1\n");
        assertThat(only(Format.GOLANG_MIGRATE, "1_a.up.sql", "BEGIN;", "SELECT 2;", "COMMIT;"))
                .contains("\n-- no transaction\n")
                .contains("-- upgrade\nBEGIN;\nSELECT 2;\nCOMMIT;\n\n-- downgrade\nBEGIN;\nSELECT 1\n;\nCOMMIT;\n");
    }

    @Test
    void declarations_are_written_to_the_header() {
        new FormatFiles(directory).file("1_a.down.sql", "-- irreversible: gone");
        assertThat(only(Format.GOLANG_MIGRATE, "1_a.up.sql", "-- lossy: a", "-- locks: b", "SELECT 1;"))
                .contains("\n-- lossy: a\n-- locks: b\n-- imported: version", "\n-- irreversible: gone\n")
                .doesNotContain("-- downgrade");
    }

    @Test
    void preconditions_are_left_out_and_noted() {
        new FormatFiles(directory)
                .file(
                        "a.sql",
                        "--liquibase formatted sql",
                        "--changeset b:1",
                        "--preconditions onFail:MARK_RAN",
                        "--precondition-sql-check expectedResult:0 SELECT 1",
                        "SELECT 2;");
        Scripts scripts = Scripts.load(List.of(MigrationFiles.in(directory, Format.LIQUIBASE, Map.of())));
        assertThat(HistoryImport.of(scripts).get(0).text())
                .contains("-- imported: without the precondition whether SELECT 1 gives '0' (onFail:MARK_RAN)\n");
        assertThat(HistoryImport.notes(scripts))
                .singleElement()
                .asString()
                .startsWith("a.sql: Revision b:1 is imported without its precondition");
    }

    @Test
    void our_own_format_is_not_imported() {
        assertThatThrownBy(() -> HistoryImport.of(Scripts.of(List.of())))
                .isInstanceOf(NotImportableException.class)
                .hasMessageContaining("own format already");
    }
}
