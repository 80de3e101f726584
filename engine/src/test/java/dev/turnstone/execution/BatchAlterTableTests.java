package dev.turnstone.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.Operations;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The options of a batch: when to rebuild, the order of columns, and the definition to copy from. */
class BatchAlterTableTests {

    private static final String[] TABLE = {
        "CREATE TABLE p (id INTEGER NOT NULL PRIMARY KEY)",
        "CREATE TABLE t (a INTEGER NOT NULL, b TEXT, c TEXT, CONSTRAINT uq_b UNIQUE (b))",
        "INSERT INTO p VALUES (1)",
        "INSERT INTO t VALUES (1, 'x', 'y')"
    };

    private static void prepare(DatabaseForTests database) {
        for (String sql : TABLE) {
            database.execute(sql);
        }
    }

    private static Schema schema(DatabaseForTests database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            Dialect dialect = Dialects.of(connection);
            return dialect.read(connection, dialect.currentScope(connection));
        }
    }

    private static void run(DatabaseForTests database, Consumer<Operations> body) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            if (!database.isPostgresql()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA foreign_keys=ON");
                }
            }
            OneRevision.run(connection, body);
        }
    }

    private static List<String> columns(DatabaseForTests database, String table) throws SQLException {
        return schema(database).table(table).orElseThrow().columns().stream()
                .map(Column::name)
                .toList();
    }

    @EachDialect
    void neverAllowsWhatAlterTableSupports(DatabaseForTests database) throws SQLException {
        prepare(database);

        run(
                database,
                op -> op.batchAlterTable("t", t -> t.addColumn(Column.of("d", ColumnType.text()))
                        .renameColumn("c", "cc")
                        .dropColumn("a")
                        .recreate(Recreate.NEVER)));

        assertThat(columns(database, "t")).containsExactly("b", "cc", "d");
        assertThat(database.strings("SELECT cc FROM t")).containsExactly("y");
    }

    @EachDialect
    void neverRejectsWhatNeedsARebuild(DatabaseForTests database) throws SQLException {
        prepare(database);
        Schema before = schema(database);
        Consumer<Operations> change = op -> op.batchAlterTable("t", t -> t.addColumn(Column.of("d", ColumnType.text()))
                .addConstraint(UniqueConstraint.of("uq_c", "c"))
                .recreate(Recreate.NEVER));

        if (database.isPostgresql()) {
            run(database, change);
            assertThat(SchemaDiff.between(before, schema(database)).differences())
                    .extracting(Object::toString)
                    .anyMatch(d -> d.startsWith("+ unique t.uq_c"));
            return;
        }
        assertThatThrownBy(() -> run(database, change))
                .isInstanceOf(CannotRenderException.class)
                .hasMessage("SQLite cannot change table t in this way without a rebuild, and recreate is NEVER."
                        + " Nothing of this revision was run. Allow the rebuild with Recreate.AUTO.");
        assertThat(SchemaDiff.between(before, schema(database)).differences()).isEmpty();
    }

    @EachDialect
    void reportsTheStateAfterAnUnsupportedChangeBehindABarrier(DatabaseForTests database) throws SQLException {
        prepare(database);
        Schema before = schema(database);
        Consumer<Operations> body = op -> {
            op.execute("INSERT INTO p VALUES (2)");
            op.createTable("made", Column.of("id", ColumnType.integer()));
            if (op.hasTable("made")) {
                op.batchAlterTable("t", t -> t.dropColumn("no such column").recreate(Recreate.NEVER));
                op.createTable("made", Column.of("id", ColumnType.spelled("no; type")));
            }
        };

        assertThatThrownBy(() -> run(database, body))
                .isInstanceOf(CannotRenderException.class)
                .hasMessageStartingWith(database.title() + " cannot ")
                .hasMessageContaining("The revision was rolled back")
                .hasMessageNotContaining("Nothing of this revision was run");

        assertThat(SchemaDiff.between(before, schema(database)).differences()).isEmpty();
        assertThat(database.strings("SELECT id FROM p")).containsExactly("1");
    }

    @EachDialect
    void ordersColumnsOnSqliteOnly(DatabaseForTests database) throws SQLException {
        prepare(database);

        run(
                database,
                op -> op.batchAlterTable(
                        "t", t -> t.addColumn(Column.of("d", ColumnType.text())).columnOrder("d", "c")));

        assertThat(columns(database, "t"))
                .containsExactlyElementsOf(
                        database.isPostgresql() ? List.of("a", "b", "c", "d") : List.of("d", "c", "a", "b"));
        assertThat(database.strings("SELECT a || b || c FROM t")).containsExactly("1xy");
    }

    @EachDialect
    void rejectsAnOrderWithMissingColumns(DatabaseForTests database) throws SQLException {
        prepare(database);
        if (database.isPostgresql()) {
            return;
        }

        assertThatThrownBy(() -> run(database, op -> op.batchAlterTable("t", t -> t.columnOrder("b", "z"))))
                .isInstanceOf(CannotRenderException.class)
                .hasMessageContaining("cannot change table t: column z does not exist")
                .hasMessageContaining("The existing columns are: a, b, c.");
    }

    /** The given definition is used with its indexes; the database is not read. */
    @Test
    void copiesFromAGivenDefinition() throws SQLException {
        Table told = Table.of(
                        "t",
                        List.of(
                                Column.of("id", ColumnType.integer()).notNull(),
                                Column.of("note", ColumnType.text()),
                                Column.of("gone", ColumnType.text()),
                                PrimaryKey.of("id").named("pk_t")))
                .withIndexes(List.of(Index.of("ix_t_note", "note")));
        Operation.AlterTable change = new Operation.AlterTable(
                "t",
                List.of(
                        new Operation.DropColumn("t", "gone"),
                        new Operation.AlterColumn(
                                "t", "note", ColumnChange.nothing().notNull("''"))),
                Recreate.AUTO,
                told,
                List.of());

        assertThat(Dialects.named("sqlite").render(change))
                .extracting(SqlStatement::text)
                .filteredOn(sql -> !sql.startsWith("PRAGMA") && !sql.contains("turnstone_check"))
                .containsExactly(
                        "CREATE TABLE \"turnstone_new_t\" (\n    \"id\" INTEGER NOT NULL,\n    \"note\" TEXT NOT NULL,\n"
                                + "    CONSTRAINT \"pk_t\" PRIMARY KEY (\"id\")\n)",
                        "INSERT OR ABORT INTO \"turnstone_new_t\" (\"id\", \"note\") SELECT \"id\","
                                + " (COALESCE(\"note\", '')) FROM \"t\"",
                        "DROP TABLE \"t\"",
                        "ALTER TABLE \"turnstone_new_t\" RENAME TO \"t\"",
                        "CREATE INDEX \"ix_t_note\" ON \"t\" (\"note\")");
        assertThat(Dialects.named("postgresql").render(change))
                .extracting(SqlStatement::text)
                .noneMatch(sql -> sql.contains("turnstone_new"));
    }

    @EachDialect
    void aForeignKeyCanBeNotValid(DatabaseForTests database) throws SQLException {
        prepare(database);
        database.execute("INSERT INTO t VALUES (2, 'z', 'z')");
        ForeignKey late = ForeignKey.of("fk_late", "a", "p", "id").notValid().onUpdate("cascade");

        if (!database.isPostgresql()) {
            assertThatThrownBy(() -> run(database, op -> op.addConstraint("t", late)))
                    .hasMessageContaining("1 of table t to table p");
            database.execute("DELETE FROM t WHERE a = 2");
        }
        run(database, op -> op.addConstraint("t", late));
        if (database.isPostgresql()) {
            assertThat(database.strings("SELECT a FROM t ORDER BY 1"))
                    .describedAs("existing rows stay unchecked")
                    .containsExactly("1", "2");
            assertThatThrownBy(() -> database.execute("INSERT INTO t VALUES (3, 'w', 'w')"))
                    .hasMessageContaining("fk_late");
            assertThatThrownBy(() -> run(database, op -> op.validateConstraint("t", "fk_late")))
                    .isInstanceOf(StatementFailedException.class)
                    .hasMessageContaining("fk_late");
            database.execute("DELETE FROM t WHERE a = 2");
        }
        run(database, op -> op.validateConstraint("t", "fk_late"));

        ForeignKey read =
                schema(database).table("t").orElseThrow().foreignKeys().get(0);
        assertThat(read.name()).isEqualTo("fk_late");
        assertThat(read.options()).containsEntry("on update", "cascade").doesNotContainKey("not valid");
    }

    @EachDialect
    void defersAForeignKeyOnBothDialects(DatabaseForTests database) throws SQLException {
        prepare(database);

        run(
                database,
                op -> op.addConstraint(
                        "t",
                        ForeignKey.of("fk", "a", "p", "id").initiallyDeferred().onDelete("set null")));

        assertThat(schema(database)
                        .table("t")
                        .orElseThrow()
                        .foreignKeys()
                        .get(0)
                        .options())
                .containsEntry("deferrable", "initially deferred")
                .containsEntry("on delete", "set null");
    }

    /** If the attribute were silently ignored, the dialects would accept different rows. */
    @EachDialect
    void rejectsAttributesThatADialectDoesNotSupport(DatabaseForTests database) throws SQLException {
        prepare(database);
        Schema before = schema(database);
        TreeMap<String, String> deferrable = new TreeMap<>();
        deferrable.put("deferrable", "initially deferred");
        Consumer<Operations> change =
                op -> op.addConstraint("t", new UniqueConstraint("uq_late", List.of("c"), deferrable));

        if (database.isPostgresql()) {
            run(database, change);
            assertThat(schema(database).table("t").orElseThrow().uniques())
                    .extracting(UniqueConstraint::options)
                    .contains(deferrable);
        } else {
            assertThatThrownBy(() -> run(database, change))
                    .isInstanceOf(CannotRenderException.class)
                    .hasMessageContaining("SQLite cannot create unique [c] with the option deferrable.");
            assertThat(SchemaDiff.between(before, schema(database)).differences())
                    .isEmpty();
        }
    }
}
