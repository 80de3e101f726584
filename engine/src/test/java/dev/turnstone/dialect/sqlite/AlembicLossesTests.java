package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.DanglingRowsException;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.Operations;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.source.TransactionMode;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of Alembic's batch mode when it drops a column. */
class AlembicLossesTests {

    private static final Consumer<Operations> DROP =
            op -> op.batchAlterTable("t", t -> t.dropColumn("gone").recreate(Recreate.ALWAYS));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    AUTOINCREMENT              | CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, gone)
                    a column's COLLATE         | CREATE TABLE t (a TEXT COLLATE NOCASE, gone)
                    an unnamed CHECK           | CREATE TABLE t (a INT CHECK (a > 0), gone, CHECK (a < 9))
                    ON DELETE of an inline key | CREATE TABLE t (a INT REFERENCES p (id) ON DELETE CASCADE, gone)
                    DEFERRABLE                 | CREATE TABLE t (a INT REFERENCES p DEFERRABLE INITIALLY DEFERRED, gone)
                    ON CONFLICT                | CREATE TABLE t (a INT UNIQUE ON CONFLICT REPLACE, gone)
                    an index's DESC            | CREATE TABLE t (a, gone); CREATE INDEX i ON t (a DESC)
                    an index's COLLATE         | CREATE TABLE t (a, gone); CREATE INDEX i ON t (a COLLATE NOCASE)
                    an expression index        | CREATE TABLE t (a, gone); CREATE INDEX i ON t (lower(a))
                    a partial index            | CREATE TABLE t (a, gone); CREATE INDEX i ON t (a) WHERE a > 1
                    a trigger                  | CREATE TABLE t (a, gone); CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT new.a END
                    STRICT                     | CREATE TABLE t (a INT, gone TEXT) STRICT
                    WITHOUT ROWID              | CREATE TABLE t (a INT PRIMARY KEY, gone TEXT) WITHOUT ROWID
                    a view on the table        | CREATE TABLE t (a, gone); CREATE VIEW v AS SELECT a FROM t
                    a generated column         | CREATE TABLE t (a, b AS (a + 1) STORED, c AS (b) VIRTUAL, gone)
                    """)
    void isKept(String what, String script) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE p (id INTEGER PRIMARY KEY)")) {
            for (String sql : script.split("; ", -1)) {
                database.run(sql.replace("new.a END", "new.a; END"));
            }
            Schema before = database.schema();

            OneRevision.run(database.connection(), DROP);

            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .describedAs(what)
                    .singleElement()
                    .asString()
                    .startsWith("- column t.gone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PER_REVISION", "NONE"})
    void rowsOfChildrenAreNotDeleted(TransactionMode mode) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(
                "PRAGMA foreign_keys=ON",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, gone)",
                "CREATE TABLE child (t INT REFERENCES t (id) ON DELETE CASCADE)",
                "INSERT INTO t (id) VALUES (1), (2)",
                "INSERT INTO child VALUES (1), (1), (2)")) {
            OneRevision.run(database.connection(), mode, DROP);

            assertThat(SqliteCatalog.strings(database.connection(), "SELECT count(*) FROM child"))
                    .containsExactly("3");
            database.run("DELETE FROM t WHERE id = 1");
            assertThat(SqliteCatalog.strings(database.connection(), "SELECT count(*) FROM child"))
                    .describedAs("foreign keys are enforced again")
                    .containsExactly("1");
        }
    }

    @Test
    void aFailureLeavesNoTemporaryTable() throws SQLException {
        try (SqliteFixture database =
                SqliteFixture.with("PRAGMA foreign_keys=ON", "CREATE TABLE t (a)", "INSERT INTO t VALUES (-1)")) {
            Schema before = database.schema();

            assertThatThrownBy(() -> OneRevision.run(
                            database.connection(),
                            op -> op.batchAlterTable("t", t -> t.addConstraint(CheckConstraint.of("positive", "a > 0"))
                                    .recreate(Recreate.ALWAYS))))
                    .isInstanceOf(StatementFailedException.class)
                    .hasMessageContaining("rebuild of table t")
                    .hasMessageContaining("positive");

            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .isEmpty();
            assertThat(SqliteCatalog.strings(database.connection(), "PRAGMA foreign_keys"))
                    .containsExactly("1");
        }
    }

    @Test
    void aBrokenViewIsNamedAndTheTableUntouched() throws SQLException {
        try (SqliteFixture database =
                SqliteFixture.with("CREATE TABLE t (a, gone)", "CREATE VIEW broken AS SELECT x FROM nowhere")) {
            Schema before = database.schema();

            assertThatThrownBy(() -> OneRevision.run(database.connection(), DROP))
                    .isInstanceOf(StatementFailedException.class)
                    .hasMessageContaining("error in view broken");

            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE VIEW v AS SELECT gone FROM t, view v",
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT new.gone; END, trigger r"
    })
    void aDependentObjectIsNamedAndTheTableUntouched(String sql, String named) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE t (a, gone)", sql)) {
            Schema before = database.schema();

            assertThatThrownBy(() -> OneRevision.run(database.connection(), DROP))
                    .isInstanceOf(StatementFailedException.class)
                    .hasMessageContaining("error in " + named);

            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .isEmpty();
        }
    }

    @Test
    void danglingRowsAreAnError() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(
                "PRAGMA foreign_keys=ON",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, gone)",
                "CREATE TABLE child (t INT REFERENCES t (id) ON DELETE CASCADE)",
                "INSERT INTO t (id) VALUES (1)",
                "INSERT INTO child VALUES (1)")) {
            assertThatThrownBy(() ->
                            OneRevision.run(database.connection(), op -> DROP.andThen(o -> o.execute("DELETE FROM t"))
                                    .accept(op)))
                    .isInstanceOf(DanglingRowsException.class)
                    .hasMessageContaining("1 of table child to table t")
                    .hasMessageContaining("rolled back");

            assertThat(SqliteCatalog.strings(database.connection(), "SELECT count(*) FROM t"))
                    .containsExactly("1");
        }
    }

    @Test
    void rowsThatReferredToNothingBeforeDoNotMatter() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, gone)",
                "CREATE TABLE child (t INT REFERENCES t (id))",
                "INSERT INTO child VALUES (1)",
                "PRAGMA foreign_keys=ON")) {
            OneRevision.run(database.connection(), DROP);

            assertThat(database.schema().table("t").orElseThrow().columns()).hasSize(1);
        }
    }

    @Test
    void theAutoincrementValueIsKept() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(
                "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, gone)",
                "INSERT INTO t (id) VALUES (41)",
                "DELETE FROM t")) {
            OneRevision.run(database.connection(), DROP);
            database.run("INSERT INTO t DEFAULT VALUES");

            assertThat(SqliteCatalog.strings(database.connection(), "SELECT id FROM t"))
                    .isEqualTo(List.of("42"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    an index                        | CREATE TABLE t (a, gone); CREATE INDEX i ON t (a DESC)
                    the rows alone                  | CREATE TABLE t (a, gone)
                    constraints                     | CREATE TABLE t (a UNIQUE, gone, c, PRIMARY KEY (c, a), UNIQUE (c))
                    those behind one that goes      | CREATE TABLE t (gone UNIQUE, a, c UNIQUE, UNIQUE (a, c))
                    a table that is its primary key | CREATE TABLE t (a, gone, c UNIQUE, PRIMARY KEY (c, a)) WITHOUT ROWID
                    """)
    void statisticsOfAnalyzeAreKept(String what, String script) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with()) {
            database.run(script.split("; ", -1));
            for (int i = 1; i < 8; i++) {
                String c = script.matches(".*\\bc\\b.*") ? ", c) SELECT " + i / 3 + ", " + i : ") SELECT " + i;
                database.run("INSERT OR IGNORE INTO t (a" + c);
            }
            database.run("ANALYZE");
            assertThat(statistics(database)).isNotEmpty();

            OneRevision.run(database.connection(), DROP);

            List<String> kept = statistics(database);
            database.run("ANALYZE");
            assertThat(kept).describedAs(what).isEqualTo(statistics(database));
        }
    }

    @Test
    void noStatisticsAreCreatedIfThereWereNone() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE t (a, gone)", "INSERT INTO t VALUES (1, 2)")) {
            OneRevision.run(database.connection(), DROP);

            assertThat(SqliteCatalog.strings(database.connection(), "SELECT name FROM sqlite_master"))
                    .containsExactly("t");
        }
    }

    private static List<String> statistics(SqliteFixture database) throws SQLException {
        return SqliteCatalog.strings(
                database.connection(),
                "SELECT tbl || ' ' || coalesce(idx, '-') || ' ' || stat FROM sqlite_stat1 ORDER BY 1");
    }

    @Test
    void rowidsAreKeptIfTheyAreAccessible() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(
                "CREATE TABLE t (a, rowid TEXT, gone)", "INSERT INTO t (oid, a) VALUES (7, 'x'), (3, 'y')")) {
            OneRevision.run(database.connection(), DROP);

            assertThat(SqliteCatalog.strings(database.connection(), "SELECT oid || a FROM t ORDER BY oid"))
                    .containsExactly("3y", "7x");
        }
    }
}
