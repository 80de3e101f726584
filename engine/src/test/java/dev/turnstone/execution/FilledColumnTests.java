package dev.turnstone.execution;

import static dev.turnstone.schema.ColumnType.integer;
import static dev.turnstone.schema.ColumnType.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operation.OnMismatch;
import dev.turnstone.operation.Operations;
import dev.turnstone.schema.Column;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Adds a NOT NULL column to a table with rows in one call. */
class FilledColumnTests {

    private static final Column NEW = Column.of("fresh", text()).notNull();

    private static void run(DatabaseForTests database, Consumer<Operations> body) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            OneRevision.run(connection, body);
        }
    }

    private static void prepare(DatabaseForTests database, String rows) {
        database.execute("CREATE TABLE t (id integer, note text)");
        if (!rows.isEmpty()) {
            database.execute("INSERT INTO t VALUES " + rows);
        }
    }

    private static void assertNotNull(DatabaseForTests database) {
        assertThatThrownBy(() -> database.execute("INSERT INTO t (id, fresh) VALUES (9, NULL)"))
                .hasStackTraceContaining("fresh");
    }

    @EachDialect
    void aValueFillsExistingRows(DatabaseForTests database) throws SQLException {
        prepare(database, "(1, 'a'), (2, NULL)");

        run(database, op -> op.addColumn("t", NEW, "'it''s; new'"));

        assertThat(database.strings("SELECT fresh FROM t")).containsExactly("it's; new", "it's; new");
        assertNotNull(database);
    }

    @EachDialect
    void anExpressionCanReadOtherColumns(DatabaseForTests database) throws SQLException {
        prepare(database, "(1, 'a'), (2, NULL)");

        run(database, op -> op.addColumn("t", NEW.withDefault("'later'"), "coalesce(note, 'none') || id"));
        database.execute("INSERT INTO t (id) VALUES (3)");

        assertThat(database.strings("SELECT fresh FROM t ORDER BY id")).containsExactly("a1", "none2", "later");
        assertNotNull(database);
    }

    @EachDialect
    void addsTheColumnToAnEmptyTable(DatabaseForTests database) throws SQLException {
        prepare(database, "");

        run(database, op -> op.addColumn("t", NEW, "note"));

        assertNotNull(database);
    }

    @EachDialect
    void aFillOfNullFailsAndLeavesNothing(DatabaseForTests database) {
        prepare(database, "(1, NULL)");

        assertThatThrownBy(() -> run(database, op -> op.addColumn("t", NEW, "note")))
                .isInstanceOf(StatementFailedException.class)
                .hasMessageContaining("rolled back");

        assertThatThrownBy(() -> database.execute("SELECT fresh FROM t")).hasStackTraceContaining("fresh");
        assertThat(database.strings("SELECT id FROM t")).containsExactly("1");
    }

    @EachDialect
    void anExistingColumnIsAnErrorOrSkipped(DatabaseForTests database) throws SQLException {
        prepare(database, "(1, NULL)");
        Column note = Column.of("note", text()).notNull().withComment("new");

        assertThatThrownBy(() -> run(database, op -> op.addColumn("t", note, "'x'")))
                .isInstanceOf(TurnstoneException.class)
                .hasMessageContaining("note");
        run(database, op -> op.run(new Operation.AddColumn("t", note, "'x'", OnMismatch.SKIP)));

        assertThat(database.strings("SELECT note FROM t")).containsExactly((String) null);
    }

    @EachDialect
    void fillsTheNullsOfAnExistingColumn(DatabaseForTests database) throws SQLException {
        prepare(database, "(1, NULL), (2, 'b')");

        run(database, op -> op.alterColumn("t", "note", ColumnChange.nothing().notNull("'n' || id")));

        assertThat(database.strings("SELECT note FROM t ORDER BY id")).containsExactly("n1", "b");
        assertThatThrownBy(() -> database.execute("INSERT INTO t VALUES (3, NULL)"))
                .hasStackTraceContaining("note");
    }

    @EachDialect
    void theColumnCanBeUniqueAndReferenceATableInTheSameBatch(DatabaseForTests database) throws SQLException {
        prepare(database, "(1, 'a'), (2, 'b')");

        run(
                database,
                op -> op.batchAlterTable(
                        "t", t -> t.addColumn(Column.of("number", integer()).notNull(), "id * 10")
                                .addConstraint(dev.turnstone.schema.UniqueConstraint.on("number"))));

        assertThat(database.strings("SELECT number FROM t ORDER BY 1")).containsExactly("10", "20");
        assertThatThrownBy(() -> database.execute("INSERT INTO t VALUES (3, 'c', 10)"))
                .isInstanceOf(IllegalStateException.class);
    }
}
