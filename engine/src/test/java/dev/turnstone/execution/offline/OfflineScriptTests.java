package dev.turnstone.execution.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.execution.IrreversibleRevisionException;
import dev.turnstone.execution.MissingDowngradeException;
import dev.turnstone.execution.NeedsConnectionException;
import dev.turnstone.execution.OfflineRangeException;
import dev.turnstone.execution.TargetVersionException;
import dev.turnstone.execution.TransactionControlException;
import dev.turnstone.history.VersionTable;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.SqlFileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineScriptTests {

    @TempDir
    Path directory = Path.of("");

    @Test
    void anUpgradeContainsEachRevisionInOneTransactionWithItsVersionRow() throws Exception {
        revision("a1", "", "CREATE TABLE t (note TEXT DEFAULT 'it''s; so')", "DROP TABLE t");
        revision("b1", "a1", "UPDATE t SET note = NULL", "");

        assertThat(upgrade("postgresql", "head").replaceAll("'\\p{XDigit}{64}'", "'sum'"))
                .isEqualTo("""
                        -- turnstone upgrade, for PostgreSQL; run it with psql.
                        \\set ON_ERROR_STOP on

                        -- upgrade base -> a1, make a1
                        BEGIN;
                        CREATE TABLE IF NOT EXISTS "turnstone_version" (version_num VARCHAR(255) NOT NULL, \
                        CONSTRAINT "turnstone_version_pkc" PRIMARY KEY (version_num));
                        CREATE TABLE IF NOT EXISTS "turnstone_version_checksum" (revision VARCHAR(255) NOT NULL, \
                        checksum VARCHAR(64) NOT NULL, applied_at TIMESTAMP WITH TIME ZONE NOT NULL, \
                        CONSTRAINT "turnstone_version_checksum_pkc" PRIMARY KEY (revision));
                        CREATE TABLE t (note TEXT DEFAULT 'it''s; so');
                        INSERT INTO "turnstone_version" (version_num) VALUES ('a1');
                        INSERT INTO "turnstone_version_checksum" (revision, checksum, applied_at) \
                        VALUES ('a1', 'sum', CURRENT_TIMESTAMP) ON CONFLICT (revision) DO UPDATE SET \
                        checksum = excluded.checksum, applied_at = excluded.applied_at;
                        COMMIT;

                        -- upgrade a1 -> b1, make b1
                        BEGIN;
                        UPDATE t SET note = NULL;
                        UPDATE "turnstone_version" SET version_num = 'b1' WHERE version_num = 'a1';
                        INSERT INTO "turnstone_version_checksum" (revision, checksum, applied_at) \
                        VALUES ('b1', 'sum', CURRENT_TIMESTAMP) ON CONFLICT (revision) DO UPDATE SET \
                        checksum = excluded.checksum, applied_at = excluded.applied_at;
                        COMMIT;
                        """);
    }

    @Test
    void writesTheDataOfCopyInTheFormatOfTheClient() throws Exception {
        revision("a1", "", "COPY t FROM stdin;\n1\tx;\n\\N\t--\n\\.\nCOPY t FROM stdin;\n\\.\nSELECT 1", "");

        assertThat(upgrade("postgresql", "head"))
                .contains("\nCOPY t FROM stdin;\n1\tx;\n\\N\t--\n\\.\nCOPY t FROM stdin;\n\\.\nSELECT 1;\n");
    }

    @Test
    void aRangeStartsAtItsFirstRevision() throws Exception {
        revision("a1", "", "CREATE TABLE t (a INTEGER)", "DROP TABLE t");
        revision("b1", "a1", "CREATE TABLE u (a INTEGER)", "DROP TABLE u");

        assertThat(upgrade("sqlite", "a1:b1"))
                .startsWith("-- turnstone upgrade, for SQLite; run it with sqlite3.\n.bail on\n")
                .contains("\nCREATE TABLE u (a INTEGER);\nUPDATE \"main\".\"turnstone_version\"")
                .doesNotContain("CREATE TABLE t", "EXISTS \"main\".\"turnstone_version\"");
        assertThat(downgrade("sqlite", "b1:a1")).contains("DROP TABLE u;").doesNotContain("DROP TABLE t");
        assertThat(upgrade("sqlite", "b1:b1")).contains("-- Nothing to do.");
    }

    @Test
    void aStampContainsOnlyTheVersion() throws Exception {
        revision("a1", "", "CREATE TABLE t (a INTEGER)", "");
        revision("b1", "a1", "CREATE TABLE u (a INTEGER)", "");

        assertThat(OfflineScript.stamp(scripts(), table("sqlite"), List.of("a1:head"))
                        .text())
                .contains(
                        "SET version_num = 'b1' WHERE version_num = 'a1';\nINSERT OR REPLACE INTO \"main\".\"turnstone_version_checksum\"")
                .doesNotContain("CREATE TABLE u");
    }

    @ParameterizedTest(name = "{0} {1}: {3}, supported since {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "sqlite     | 3.34 | 3.35   | ALTER TABLE t DROP COLUMN a",
                "sqlite     | 3    | 3.25   | ALTER TABLE t RENAME COLUMN a TO b",
                "sqlite     | 3.36.9 | 3.37 | CREATE TABLE u (a INTEGER) STRICT",
                "postgresql | 14   | 15     | ALTER TABLE t ADD UNIQUE NULLS NOT DISTINCT (a)",
                "postgresql | 9.6  | 10     | ALTER TYPE e RENAME VALUE 'a' TO 'b'",
                "postgresql | 13.4 | 14     | CREATE OR REPLACE TRIGGER r AFTER INSERT ON t EXECUTE FUNCTION f()",
            })
    void rejectsStatementsThatTheTargetVersionDoesNotSupport(String dialect, String target, String since, String sql)
            throws Exception {
        revision("a1", "", sql, "");

        assertThatExceptionOfType(TargetVersionException.class)
                .isThrownBy(() -> OfflineScript.upgrade(scripts(), table(dialect), "head", target))
                .withMessageContaining(" " + since + " or later, but the script is for " + target + ".");
        assertThat(OfflineScript.upgrade(scripts(), table(dialect), "head", since)
                        .text())
                .contains(sql);
    }

    @Test
    void ignoresKeywordsInNamesAndStrings() throws Exception {
        revision("a1", "", "CREATE TABLE t (\"strict\" TEXT DEFAULT ') STRICT'); -- ) STRICT", "");

        assertThat(OfflineScript.upgrade(scripts(), table("sqlite"), "head", "3.8")
                        .text())
                .contains("CREATE TABLE t");
    }

    @Test
    void writesNoChecksumsBesideTheTableOfAlembic() throws Exception {
        revision("a1", "", "CREATE TABLE t (a INTEGER)", "DROP TABLE t");
        VersionTable alembics = new VersionTable(Dialects.named("postgresql"), "", "alembic_version");

        assertThat(OfflineScript.upgrade(scripts(), alembics, "head").text()).doesNotContain("checksum");
        assertThat(OfflineScript.downgrade(scripts(), alembics, "a1:base").text())
                .doesNotContain("checksum");
        assertThat(OfflineScript.stamp(scripts(), alembics, List.of("head")).text())
                .doesNotContain("checksum");
    }

    @Test
    void aRevisionWithoutATransactionPrecedesItsVersionRow() throws Exception {
        write("a1", "-- revision: a1\n-- no transaction\n\n-- upgrade\nCREATE INDEX CONCURRENTLY i ON t (a);\n");

        assertThat(upgrade("postgresql", "head")).containsSubsequence("CONCURRENTLY i ON t (a);", "BEGIN;", "INSERT");
    }

    @ParameterizedTest(name = "{1} after \"{0}\" on {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE t (a INTEGER, B text)                        | unless table t    | both       | left out",
                "CREATE TABLE IF NOT EXISTS t (a INTEGER)                  | unless table T    | both       | left out",
                "CREATE TABLE \"T\" (a INTEGER)                            | unless table t    | postgresql | run",
                "CREATE TABLE \"T\" (a INTEGER)                            | unless table t    | sqlite     | left out",
                "CREATE TABLE t (a INTEGER, CHECK (a > 0), b NUMERIC(4,2)) | unless column t.b | both       | left out",
                "CREATE TABLE t (a INTEGER /* , b TEXT */)                 | unless column t.b | both       | run",
                "CREATE TABLE t (a INTEGER DEFAULT (1), \"x, y\" TEXT)     | if column t.\"x, y\" | both    | run",
                "CREATE TABLE t (a INTEGER); ALTER TABLE t ADD COLUMN b TEXT | if column t.b   | both       | run",
                "CREATE TABLE t (a INTEGER); ALTER TABLE t ADD b TEXT, DROP a | if column t.a  | postgresql | left out",
                "CREATE TABLE t (a INTEGER); ALTER TABLE t RENAME a TO c   | if column t.c     | both       | run",
                "CREATE TABLE t (a INTEGER); ALTER TABLE t RENAME TO u     | if table t        | both       | left out",
                "CREATE TABLE t (a INTEGER); DROP TABLE IF EXISTS t        | if table t        | both       | left out",
                "CREATE TABLE t (a INTEGER); CREATE UNIQUE INDEX i ON t (a) | if index i       | both       | run",
                "CREATE TABLE t (a INTEGER); CREATE INDEX i ON t (a); DROP INDEX i | if index i | both      | left out",
                "CREATE TABLE t (a INTEGER, b INTEGER); CREATE INDEX i ON t (b) WHERE a > 0; ALTER TABLE t DROP a | if index i | postgresql | left out",
                "CREATE TABLE t (a INTEGER, CONSTRAINT i UNIQUE (a))       | if index i        | postgresql | run",
                "CREATE TABLE t (a INTEGER, CONSTRAINT i UNIQUE (a))       | if index i        | sqlite     | left out",
                "CREATE VIEW v AS SELECT 1 AS a                            | if table v        | both       | run",
                "INSERT INTO t SELECT 1; COMMENT ON TABLE t IS 'x'         | if table t        | both       | left out",
                "CREATE TABLE t AS SELECT 1 AS a                           | if table t        | both       | run",
                "CREATE TABLE t AS SELECT 1 AS a                           | if column t.a     | both       | marked",
                "CREATE TABLE other.t (a INTEGER)                          | if table t        | both       | marked",
                "ALTER TABLE t ADD COLUMN a INTEGER                        | if column t.a     | both       | marked",
                "CREATE EXTENSION x                                        | if table t        | postgresql | marked",
                "DO $$ BEGIN PERFORM 1; END $$                             | if table t        | postgresql | marked",
                "SELECT make_tables()                                      | if table t        | postgresql | marked",
                "SELECT setval('s', 1)                                     | if table t        | postgresql | left out",
                "SET search_path TO other                                  | if table t        | postgresql | marked",
                "CREATE TABLE t (a INTEGER); CREATE INDEX ON t (a)         | if index t_a_idx  | postgresql | marked",
                "CREATE TABLE t (a INTEGER UNIQUE)                         | if index t_a_key  | postgresql | marked",
                "CREATE TABLE t (a INTEGER UNIQUE)                         | if index ix_other | both       | left out",
                "PRAGMA foreign_keys = on                                  | if table t        | sqlite     | left out",
            })
    void answersAGuardFromThePreviousStatements(String sql, String guard, String dialect, String outcome)
            throws Exception {
        revision("a1", "", sql, "");
        write(
                "b1",
                "-- revision: b1\n-- parents: a1\n\n-- upgrade\n-- " + guard
                        + "\nINSERT INTO log VALUES (1);\n-- end\n");
        for (String each : dialect.equals("both") ? List.of("sqlite", "postgresql") : List.of(dialect)) {
            String script = upgrade(each, "head");
            String found = script.contains("NEEDS A CONNECTION")
                    ? "marked"
                    : script.contains("INSERT INTO log") ? "run" : "left out";
            assertThat(found).as(each + "\n" + script).isEqualTo(outcome);
        }
    }

    @Test
    void endsTheScriptBeforeAStepThatNeedsAConnection() throws Exception {
        revision("a1", "", "CREATE TABLE t AS SELECT 1 AS a", "");
        write("b1", """
                -- revision: b1
                -- parents: a1
                -- message: maybe

                -- upgrade
                -- if column t.a
                DROP TABLE t;
                -- end
                """);
        revision("c1", "b1", "CREATE TABLE u (a INTEGER)", "");

        OfflineScript script = OfflineScript.upgrade(scripts(), table("sqlite"), "head");

        assertThat(script.text()).contains("CREATE TABLE t AS SELECT 1 AS a;").endsWith("""
                        -- upgrade a1 -> b1, maybe
                        -- NEEDS A CONNECTION: it asks for the columns of t, and its state after the SQL at a1.sql:6:1 \
                        ('CREATE TABLE t AS SELECT 1 AS a') is known only with a connection.

                        -- upgrade b1 -> c1, make c1
                        -- Not written, because it comes after a step that needs a connection.
                        """);
        assertThatThrownBy(script::requireComplete)
                .isInstanceOf(NeedsConnectionException.class)
                .hasMessageStartingWith(
                        "Revision b1 (b1.sql) needs a connection for its upgrade: it asks for the columns"
                                + " of t, and its state after the SQL at a1.sql:6:1")
                .hasMessageContaining("The script ends before it; nothing was run.");
    }

    @Test
    void rejectsADowngradeWithoutAStart() throws Exception {
        revision("a1", "", "SELECT 1", "SELECT 2");

        assertThatThrownBy(() -> downgrade("sqlite", "base"))
                .isInstanceOf(OfflineRangeException.class)
                .hasMessage(
                        "A downgrade script needs the version at which it starts, because it reads no database: FROM:TO, for"
                                + " example head:base. Nothing was written.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1:head", "current:head", "+1:head"})
    void rejectsARelativeStart(String range) throws Exception {
        revision("a1", "", "SELECT 1", "SELECT 2");

        assertThatThrownBy(() -> upgrade("sqlite", range))
                .isInstanceOf(OfflineRangeException.class)
                .hasMessageContaining("A script cannot start at '" + range.split(":", 2)[0] + "'");
    }

    @Test
    void rejectsIrreversibleRevisionsAndMissingDowngrades() throws Exception {
        write("a1", "-- revision: a1\n\n-- upgrade\nSELECT 1;\n-- irreversible: rows are gone.\n");
        assertThatThrownBy(() -> downgrade("sqlite", "a1:base")).isInstanceOf(IrreversibleRevisionException.class);

        write("a1", "-- revision: a1\n\n-- upgrade\nSELECT 1;\n");
        assertThatThrownBy(() -> downgrade("sqlite", "a1:base")).isInstanceOf(MissingDowngradeException.class);
    }

    @Test
    void rejectsTransactionControl() throws Exception {
        revision("a1", "", "COMMIT", "");

        assertThatThrownBy(() -> upgrade("sqlite", "head")).isInstanceOf(TransactionControlException.class);
    }

    private String upgrade(String dialect, String range) {
        return OfflineScript.upgrade(scripts(), table(dialect), range).text();
    }

    private String downgrade(String dialect, String range) {
        return OfflineScript.downgrade(scripts(), table(dialect), range).text();
    }

    private Scripts scripts() {
        return Scripts.load(List.of(SqlFileSource.of(directory)));
    }

    private static VersionTable table(String dialect) {
        return new VersionTable(
                Dialects.named(dialect), dialect.equals("sqlite") ? "main" : "", VersionTable.DEFAULT_NAME);
    }

    private void revision(String id, String parents, String up, String down) throws IOException {
        write(
                id,
                "-- revision: " + id + "\n" + (parents.isEmpty() ? "--\n" : "-- parents: " + parents + "\n")
                        + "-- message: make " + id + "\n\n-- upgrade\n" + up + ";\n\n-- downgrade\n" + down + ";\n");
    }

    private void write(String id, String text) throws IOException {
        Files.writeString(directory.resolve(id + ".sql"), text);
    }
}
