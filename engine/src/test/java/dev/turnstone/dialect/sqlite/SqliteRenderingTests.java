package dev.turnstone.dialect.sqlite;

import static dev.turnstone.schema.ColumnType.bigint;
import static dev.turnstone.schema.ColumnType.integer;
import static dev.turnstone.schema.ColumnType.json;
import static dev.turnstone.schema.ColumnType.spelled;
import static dev.turnstone.schema.ColumnType.text;
import static dev.turnstone.schema.ColumnType.varchar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operation.AddColumn;
import dev.turnstone.operation.Operation.CreateIndex;
import dev.turnstone.operation.Operation.CreateTable;
import dev.turnstone.operation.Operation.DropColumn;
import dev.turnstone.operation.Operation.DropIndex;
import dev.turnstone.operation.Operation.DropTable;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.TableElement;
import dev.turnstone.schema.UniqueConstraint;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteRenderingTests {

    private static final TableElement ID = Column.of("id", integer()).autoIncrement();

    private static CreateTable table(String name, TableElement... elements) {
        return new CreateTable(Table.of(name, List.of(elements)));
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                arguments(
                        table("t", Column.of("a", text()).notNull().withDefault("'x'")),
                        "CREATE TABLE \"t\" (\n    \"a\" TEXT NOT NULL DEFAULT 'x'\n)"),
                arguments(
                        table("t", ID, PrimaryKey.of("id")),
                        "CREATE TABLE \"t\" (\n    \"id\" INTEGER PRIMARY KEY AUTOINCREMENT\n)"),
                arguments(
                        table(
                                "t",
                                Column.of("id", bigint()).autoIncrement(),
                                PrimaryKey.of("id").named("pk_t")),
                        "CREATE TABLE \"t\" (\n    \"id\" INTEGER CONSTRAINT \"pk_t\" PRIMARY KEY AUTOINCREMENT\n)"),
                arguments(
                        table("t", Column.of("id", integer()), PrimaryKey.of("id")),
                        "CREATE TABLE \"t\" (\n    \"id\" INTEGER,\n    PRIMARY KEY (\"id\")\n)"),
                arguments(
                        table(
                                "t",
                                Column.of("a", integer()),
                                UniqueConstraint.of("uq", "a"),
                                CheckConstraint.of("ck", "a > 0")),
                        "CREATE TABLE \"t\" (\n    \"a\" INTEGER,\n    CONSTRAINT \"uq\" UNIQUE (\"a\"),\n"
                                + "    CONSTRAINT \"ck\" CHECK (a > 0)\n)"),
                arguments(
                        table(
                                "t",
                                Column.of("a", integer()),
                                ForeignKey.of("fk", "a", "p", "id").onDelete("set null")),
                        "CREATE TABLE \"t\" (\n    \"a\" INTEGER,\n    CONSTRAINT \"fk\" FOREIGN KEY (\"a\")"
                                + " REFERENCES \"p\" (\"id\") ON DELETE SET NULL\n)"),
                arguments(
                        table("t", Column.of("a", json().with("sqlite", varchar(9))), Column.of("b", spelled(""))),
                        "CREATE TABLE \"t\" (\n    \"a\" VARCHAR(9),\n    \"b\"\n)"),
                arguments(
                        new AddColumn("t", Column.of("a", integer()).withDefault("1 + 1")),
                        "ALTER TABLE \"t\" ADD COLUMN \"a\" INTEGER DEFAULT (1 + 1)"),
                arguments(new DropColumn("t", "a"), "ALTER TABLE \"t\" DROP COLUMN \"a\""),
                arguments(new DropTable("a \"b\""), "DROP TABLE \"a \"\"b\"\"\""),
                arguments(
                        new CreateIndex("t", Index.of("ix", "a", "b").uniqueKeys()),
                        "CREATE UNIQUE INDEX \"ix\" ON \"t\" (\"a\", \"b\")"),
                arguments(
                        new CreateIndex(
                                "t",
                                new Index(
                                        "ix",
                                        false,
                                        List.of(
                                                new Index.Key("a", null, "collate nocase desc"),
                                                new Index.Key(null, "lower(b)", "")),
                                        "a > 0",
                                        new TreeMap<>(),
                                        false)),
                        "CREATE INDEX \"ix\" ON \"t\" (\"a\" collate nocase desc, (lower(b))) WHERE a > 0"),
                arguments(new DropIndex("ix"), "DROP INDEX \"ix\""));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void renders(Operation operation, String sql) {
        assertThat(SqliteDialect.INSTANCE.render(operation))
                .extracting(SqlStatement::text)
                .containsExactly(sql);
    }

    static Stream<Arguments> types() {
        return Stream.of(
                arguments(ColumnType.smallint(), "SMALLINT"),
                arguments(integer(), "INTEGER"),
                arguments(bigint(), "BIGINT"),
                arguments(ColumnType.decimal(10, 2), "NUMERIC(10, 2)"),
                arguments(ColumnType.real(), "REAL"),
                arguments(ColumnType.doublePrecision(), "DOUBLE"),
                arguments(ColumnType.bool(), "BOOLEAN"),
                arguments(text(), "TEXT"),
                arguments(varchar(255), "VARCHAR(255)"),
                arguments(ColumnType.binary(), "BLOB"),
                arguments(ColumnType.date(), "DATE"),
                arguments(ColumnType.time(), "TIME"),
                arguments(ColumnType.timestamp(), "TIMESTAMP"),
                arguments(ColumnType.timestampWithZone(), "TIMESTAMP WITH TIME ZONE"),
                arguments(ColumnType.uuid(), "CHAR(36)"),
                arguments(json(), "JSON"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aTypeIsReadAsItWasRendered(ColumnType type, String spelling) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with()) {
            Schema schema = database.run(table("t", Column.of("a", type))).schema();

            assertThat(schema.table("t").orElseThrow().columns().get(0).type()).isEqualTo(spelled(spelling));
        }
    }

    @Test
    void revertedOperationsLeaveTheSchemaUnchanged() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE jobs (id INTEGER PRIMARY KEY, [group] TEXT)")) {
            Schema before = database.schema();

            database.run(table("select", ID, PrimaryKey.of("id"), Column.of("a \"b\"", text())))
                    .run(new AddColumn(
                            "jobs", Column.of("order", integer()).notNull().withDefault("0")))
                    .run(new CreateIndex("jobs", Index.of("ix order", "order", "group")));
            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .extracting(Object::toString)
                    .containsExactly(
                            "+ table select",
                            "+ column jobs.order (nullable no, type INTEGER)",
                            "+ index ix order (keys order, group, on jobs)");

            database.run(new DropIndex("ix order"))
                    .run(new DropColumn("jobs", "order"))
                    .run(new DropTable("select"));
            assertThat(database.schema()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "select", "\"", "'; DROP TABLE victim; --", "ünïcödé", "a)", "[x]", "--", "/*"})
    void anyNameCanBeUsed(String name) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE victim (a)")) {
            database.run(table(
                            name + "t",
                            Column.of(name, text()),
                            PrimaryKey.of(name).named(name + "pk"),
                            UniqueConstraint.of(name + "uq", name),
                            ForeignKey.of(name + "fk", name, name + "t", name)))
                    .run(new CreateIndex(name + "t", Index.of(name + "ix", name)));

            Table read = database.schema().table(name + "t").orElseThrow();
            assertThat(read.columns()).extracting(Column::name).containsExactly(name);
            assertThat(read.indexes().get(0).keys()).containsExactly(new Index.Key(name, null, ""));
            assertThat(read.foreignKeys().get(0).referencedColumns()).containsExactly(name);
            assertThat(database.schema().tables()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a > 0) , b INT, CHECK (1", "1; DROP TABLE t", "'open", "(1", "1)", "", "-- nothing"})
    void anExpressionCannotEndItsClause(String expression) {
        assertThatThrownBy(() -> SqliteDialect.INSTANCE.render(
                        table("t", Column.of("a", text()), CheckConstraint.of("ck", expression))))
                .isInstanceOf(CannotRenderException.class)
                .hasMessageStartingWith("SQLite cannot use the expression \"" + expression + "\": ")
                .hasMessageEndingWith("Nothing of this revision was run. Correct it in the migration.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"INT, b INT", "INT DEFAULT 1", "INT) --", "VARCHAR(10, (SELECT 1))", "INT; DROP TABLE t", "'"})
    void aTypeCannotEndItsClause(String type) {
        assertThatThrownBy(() -> SqliteDialect.INSTANCE.render(table("t", Column.of("a", spelled(type)))))
                .isInstanceOf(CannotRenderException.class)
                .hasMessageStartingWith("SQLite cannot use the type \"" + type + "\": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"desc, b", "desc) WHERE (1", "desc; DROP TABLE t"})
    void anOrderingCannotEndItsClause(String suffix) {
        Index index = new Index("ix", false, List.of(new Index.Key("a", null, suffix)), null, new TreeMap<>(), false);

        assertThatThrownBy(() -> SqliteDialect.INSTANCE.render(new CreateIndex("t", index)))
                .isInstanceOf(CannotRenderException.class)
                .hasMessageStartingWith("SQLite cannot use the ordering \"" + suffix + "\": ");
    }

    @Test
    void aCommentInAnExpressionDoesNotHideWhatFollows() {
        assertThat(SqliteDialect.INSTANCE.render(
                        table("t", Column.of("a", text()), CheckConstraint.of("ck", "a > 0 -- positive"))))
                .extracting(SqlStatement::text)
                .containsExactly("CREATE TABLE \"t\" (\n    \"a\" TEXT,\n    CONSTRAINT \"ck\" CHECK (a > 0)\n)");
    }

    @Test
    void anUnknownForeignKeyActionIsRefused() {
        assertThatThrownBy(() -> SqliteDialect.INSTANCE.render(table(
                        "t",
                        Column.of("a", text()),
                        ForeignKey.of("fk", "a", "p", "id").onDelete("explode"))))
                .isInstanceOf(CannotRenderException.class)
                .hasMessage("SQLite cannot use the action \"explode\": it is not one of cascade, no action, restrict,"
                        + " set default, set null. Nothing of this revision was run."
                        + " Correct it in the migration.");
    }

    @Test
    void onlyTheWholePrimaryKeyHasAutoincrement() {
        assertThatThrownBy(() -> SqliteDialect.INSTANCE.render(
                        table("t", ID, Column.of("b", integer()), PrimaryKey.of("id", "b"))))
                .isInstanceOf(CannotRenderException.class)
                .hasMessage("SQLite cannot set autoincrement on column t.id. Nothing of this revision was run."
                        + " Make it an integer and the table's whole primary key, or remove autoIncrement().");
    }

    @Test
    void anAddedColumnCannotHaveAutoincrement() {
        assertThatThrownBy(() -> SqliteDialect.INSTANCE.render(
                        new AddColumn("t", Column.of("id", integer()).autoIncrement())))
                .isInstanceOf(CannotRenderException.class)
                .hasMessageContaining("cannot add column t.id with autoincrement");
    }
}
