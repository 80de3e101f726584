package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.Exclusion;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operation.AddColumn;
import dev.turnstone.operation.Operation.AddConstraint;
import dev.turnstone.operation.Operation.AddEnumValue;
import dev.turnstone.operation.Operation.AddExclusion;
import dev.turnstone.operation.Operation.AlterColumn;
import dev.turnstone.operation.Operation.AlterTable;
import dev.turnstone.operation.Operation.Build;
import dev.turnstone.operation.Operation.BulkInsert;
import dev.turnstone.operation.Operation.CommentOnTable;
import dev.turnstone.operation.Operation.CreateEnum;
import dev.turnstone.operation.Operation.CreateIndex;
import dev.turnstone.operation.Operation.CreateSequence;
import dev.turnstone.operation.Operation.CreateTable;
import dev.turnstone.operation.Operation.CreateTrigger;
import dev.turnstone.operation.Operation.CreateView;
import dev.turnstone.operation.Operation.DropColumn;
import dev.turnstone.operation.Operation.DropConstraint;
import dev.turnstone.operation.Operation.DropEnum;
import dev.turnstone.operation.Operation.DropIndex;
import dev.turnstone.operation.Operation.DropPrimaryKey;
import dev.turnstone.operation.Operation.DropSequence;
import dev.turnstone.operation.Operation.DropTable;
import dev.turnstone.operation.Operation.DropTrigger;
import dev.turnstone.operation.Operation.DropView;
import dev.turnstone.operation.Operation.Execute;
import dev.turnstone.operation.Operation.OnMismatch;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.Operation.RenameColumn;
import dev.turnstone.operation.Operation.RenameEnumValue;
import dev.turnstone.operation.Operation.RenameTable;
import dev.turnstone.operation.Operation.ValidateConstraint;
import dev.turnstone.operation.OperationRecords;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.View;
import dev.turnstone.source.TransactionMode;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Operation × dialect → SQL, or the refusal. */
class OperationRenderingTests {

    private static final String REFUSED = "refused";
    private static final String NOTHING = "";

    /** The operation, the SQL on SQLite without a connection, and the SQL on PostgreSQL. */
    static Stream<Arguments> operations() {
        return Stream.of(
                arguments(
                        new CreateTable(Table.of(
                                "t",
                                List.of(
                                        Column.of("a", ColumnType.integer()).notNull(),
                                        PrimaryKey.of("a").named("pk_t")))),
                        "CREATE TABLE \"t\" (\n    \"a\" INTEGER NOT NULL,\n    CONSTRAINT \"pk_t\" PRIMARY KEY (\"a\")\n)",
                        "CREATE TABLE \"t\" (\n    \"a\" integer NOT NULL,\n    CONSTRAINT \"pk_t\" PRIMARY KEY (\"a\")\n)"),
                arguments(
                        new DropColumn("t", "a"),
                        "ALTER TABLE \"t\" DROP COLUMN \"a\"",
                        "ALTER TABLE \"t\" DROP COLUMN \"a\""),
                arguments(
                        new DropConstraint("t", "c", OnMismatch.SKIP),
                        REFUSED,
                        "ALTER TABLE \"t\" DROP CONSTRAINT IF EXISTS \"c\""),
                arguments(new DropPrimaryKey("t"), REFUSED, REFUSED),
                arguments(
                        new AlterTable(
                                "t",
                                List.of(new DropColumn("t", "a"), new DropColumn("t", "b")),
                                Recreate.AUTO,
                                null,
                                List.of()),
                        "ALTER TABLE \"t\" DROP COLUMN \"a\"; ALTER TABLE \"t\" DROP COLUMN \"b\"",
                        "ALTER TABLE \"t\" DROP COLUMN \"a\"; ALTER TABLE \"t\" DROP COLUMN \"b\""),
                arguments(
                        new CreateView(new View(
                                "", "v", false, "SELECT 1 AS one", List.of(), List.of(), new TreeMap<>(), null)),
                        "CREATE VIEW \"v\" AS SELECT 1 AS one",
                        "CREATE VIEW \"v\" AS SELECT 1 AS one"),
                arguments(
                        new DropView("v", true, OnMismatch.SKIP),
                        "DROP VIEW IF EXISTS \"v\"",
                        "DROP MATERIALIZED VIEW IF EXISTS \"v\""),
                arguments(
                        new CreateTrigger(
                                "t",
                                Trigger.of(
                                        "tr",
                                        Map.of("timing", "after", "event", "delete", "body", "BEGIN SELECT 1; END"))),
                        "CREATE TRIGGER \"tr\" AFTER DELETE ON \"t\" BEGIN SELECT 1; END",
                        REFUSED),
                arguments(
                        new CreateTrigger(
                                "t",
                                Trigger.of(
                                        "tr",
                                        Map.of("timing", "before", "events", "insert or delete", "function", "f()"))),
                        REFUSED,
                        "CREATE TRIGGER \"tr\" BEFORE insert or delete ON \"t\" FOR EACH ROW EXECUTE FUNCTION f()"),
                arguments(
                        new DropTable("t", OnMismatch.SKIP),
                        "DROP TABLE IF EXISTS \"t\"",
                        "DROP TABLE IF EXISTS \"t\""),
                arguments(
                        new RenameTable("t", "u\"v"),
                        "ALTER TABLE \"t\" RENAME TO \"u\"\"v\"",
                        "ALTER TABLE \"t\" RENAME TO \"u\"\"v\""),
                arguments(
                        new RenameColumn("t", "a", "order"),
                        "ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"order\"",
                        "ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"order\""),
                arguments(
                        new AddColumn("t", Column.of("a", ColumnType.text()).notNull(), "lower(b)", OnMismatch.FAIL),
                        REFUSED,
                        "ALTER TABLE \"t\" ADD COLUMN \"a\" text;"
                                + " UPDATE \"t\" SET \"a\" = (lower(b)) WHERE \"a\" IS NULL;"
                                + " ALTER TABLE \"t\" ALTER COLUMN \"a\" SET NOT NULL"),
                arguments(
                        new AlterColumn(
                                "t",
                                "a",
                                ColumnChange.nothing()
                                        .type(ColumnType.integer())
                                        .using("a::int")
                                        .defaultTo("0")),
                        REFUSED,
                        "ALTER TABLE \"t\" ALTER COLUMN \"a\" DROP DEFAULT;"
                                + " ALTER TABLE \"t\" ALTER COLUMN \"a\" TYPE integer USING (a::int);"
                                + " ALTER TABLE \"t\" ALTER COLUMN \"a\" SET DEFAULT 0"),
                arguments(
                        new AddConstraint(
                                "t",
                                new CheckConstraint(
                                        "ck", "a > 0", List.of(), new TreeMap<>(java.util.Map.of("not valid", "yes")))),
                        REFUSED,
                        "ALTER TABLE \"t\" ADD CONSTRAINT \"ck\" CHECK (a > 0) NOT VALID"),
                arguments(new ValidateConstraint("t", "ck"), NOTHING, "ALTER TABLE \"t\" VALIDATE CONSTRAINT \"ck\""),
                arguments(
                        new AddExclusion(
                                "t", new Exclusion("ex", "gist", List.of(new Exclusion.Element("span", "&&")), null)),
                        REFUSED,
                        "ALTER TABLE \"t\" ADD CONSTRAINT \"ex\" EXCLUDE USING gist (span WITH &&)"),
                arguments(new CommentOnTable("t", "it's"), NOTHING, "COMMENT ON TABLE \"t\" IS 'it''s'"),
                arguments(
                        new CreateIndex("t", Index.of("i", "a"), Build.CONCURRENTLY, OnMismatch.FAIL),
                        "CREATE INDEX \"i\" ON \"t\" (\"a\")",
                        "CREATE INDEX CONCURRENTLY \"i\" ON \"t\" (\"a\")"),
                arguments(
                        new DropIndex("i", Build.CONCURRENTLY, OnMismatch.SKIP),
                        "DROP INDEX IF EXISTS \"i\"",
                        "DROP INDEX CONCURRENTLY IF EXISTS \"i\""),
                arguments(
                        new BulkInsert(
                                "t",
                                List.of("a", "b"),
                                List.of(Arrays.asList("x'; DROP TABLE t; --", null), List.of(true, -1))),
                        "INSERT INTO \"t\" (\"a\", \"b\") VALUES ('x''; DROP TABLE t; --', NULL);"
                                + " INSERT INTO \"t\" (\"a\", \"b\") VALUES (1, -1)",
                        "INSERT INTO \"t\" (\"a\", \"b\") VALUES ('x''; DROP TABLE t; --', NULL), (true, (-1))"),
                arguments(
                        new Execute(
                                new SqlText("UPDATE t SET a = ? WHERE b = '?' -- ?", Location.of("x")),
                                List.of("it's \\")),
                        "UPDATE t SET a = 'it''s \\' WHERE b = '?'",
                        "UPDATE t SET a = E'it''s \\\\' WHERE b = '?'"),
                arguments(
                        new CreateEnum("mood", List.of("sad", "it's")),
                        NOTHING,
                        "CREATE TYPE \"mood\" AS ENUM ('sad', 'it''s')"),
                arguments(
                        new AddEnumValue("mood", "ok", "sad"),
                        NOTHING,
                        "ALTER TYPE \"mood\" ADD VALUE IF NOT EXISTS 'ok' BEFORE 'sad'"),
                arguments(
                        new RenameEnumValue("mood", "ok", "fine"),
                        REFUSED,
                        "ALTER TYPE \"mood\" RENAME VALUE 'ok' TO 'fine'"),
                arguments(new DropEnum("mood", OnMismatch.SKIP), NOTHING, "DROP TYPE IF EXISTS \"mood\""),
                arguments(new CreateSequence("s", 5, 2), REFUSED, "CREATE SEQUENCE \"s\" INCREMENT BY 2 START WITH 5"),
                arguments(new DropSequence("s", OnMismatch.FAIL), REFUSED, "DROP SEQUENCE \"s\""),
                arguments(
                        new DropTrigger("t", "r", OnMismatch.FAIL),
                        "DROP TRIGGER \"r\"",
                        "DROP TRIGGER \"r\" ON \"t\""));
    }

    @Test
    void everyKindOfOperationIsTested() {
        assertThat(OperationRecords.kinds(operations().map(a -> (Operation) a.get()[0])))
                .isEqualTo(OperationRecords.all());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isRenderedOnEachDialect(Operation operation, String sqlite, String postgres) {
        assertRendered(Dialects.named("sqlite"), operation, sqlite);
        assertRendered(Dialects.named("postgresql"), operation, postgres);
    }

    private static void assertRendered(Dialect dialect, Operation operation, String expected) {
        if (expected.equals(REFUSED)) {
            assertThatThrownBy(() -> dialect.render(operation)).isInstanceOf(CannotRenderException.class);
        } else {
            assertThat(dialect.render(operation).stream()
                            .map(SqlStatement::text)
                            .collect(Collectors.joining("; ")))
                    .isEqualTo(expected);
        }
    }

    static final List<String> INJECTIONS = List.of(
            "0); DROP TABLE victim; --",
            "0; DROP TABLE victim",
            "0 /* ",
            "'0",
            "0)",
            "(0",
            "0, ADD COLUMN evil int",
            "\"x");

    @ParameterizedTest
    @FieldSource("INJECTIONS")
    void noTypeEndsItsClause(String sql) {
        for (String dialect : List.of("sqlite", "postgresql")) {
            assertThatThrownBy(() -> Dialects.named(dialect)
                            .render(new AddColumn("t", Column.of("a", ColumnType.spelled("int " + sql)))))
                    .describedAs(dialect)
                    .isInstanceOf(CannotRenderException.class);
        }
    }

    @ParameterizedTest
    @FieldSource("INJECTIONS")
    void noExpressionEndsItsClause(String sql) {
        List<Operation> operations = List.of(
                new AddColumn("t", Column.of("a", ColumnType.integer()).withDefault(sql)),
                new AddColumn("t", Column.of("a", ColumnType.integer()), sql, OnMismatch.FAIL),
                new AddConstraint("t", CheckConstraint.of("ck", sql)),
                new AlterColumn(
                        "t", "a", ColumnChange.nothing().type(ColumnType.text()).using(sql)));
        for (Operation operation : operations) {
            try {
                String text = Dialects.named("postgresql").render(operation).stream()
                        .map(SqlStatement::text)
                        .collect(Collectors.joining());
                assertThat(text).contains("(" + sql + ")").doesNotContain(";");
            } catch (CannotRenderException refused) {
                assertThat(refused).hasMessageContaining("Correct it in the migration.");
            }
        }
    }

    @Test
    void aNameThatTheServerWouldTruncateIsRefused() {
        assertThatThrownBy(() -> Dialects.named("postgresql").render(new DropTable("ä".repeat(32))))
                .isInstanceOf(CannotRenderException.class)
                .hasMessageContaining("1 to 63 bytes");
    }

    @Test
    void theInvalidIndexOfAFailedBuildIsReplaced() throws SQLException {
        try (InSchema in = new InSchema("concurrently")) {
            in.run("CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (1)");
            Operation operation =
                    new CreateIndex("t", Index.of("i", "a").uniqueKeys(), Build.CONCURRENTLY, OnMismatch.FAIL);
            assertThatThrownBy(() -> OneRevision.run(in.connection, TransactionMode.NONE, op -> op.run(operation)))
                    .hasMessageContaining("could not create unique index");
            in.run("DELETE FROM t");

            OneRevision.run(in.connection, TransactionMode.NONE, op -> op.run(operation));

            assertThat(PostgresDialect.INSTANCE
                            .read(in.connection, PostgresDialect.INSTANCE.currentScope(in.connection))
                            .objects()
                            .values())
                    .extracting(Object::toString)
                    .contains("index i (keys a, on t, unique yes)");
        }
    }
}
