package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.execution.TransactionControlException;
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
import dev.turnstone.operation.Reversal;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.schema.View;
import dev.turnstone.source.TransactionMode;
import dev.turnstone.testing.DatabaseForTests;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation has the expected effect on both databases, and its reverse restores exactly the previous schema. */
class OperationsOnBothTests {

    private static final String[] BEFORE = {
        "CREATE TABLE people (id INTEGER NOT NULL, email TEXT NOT NULL, CONSTRAINT pk_people PRIMARY KEY (id))",
        "CREATE TABLE jobs (id INTEGER NOT NULL, name TEXT DEFAULT 'new', size INTEGER, owner INTEGER,"
                + " CONSTRAINT pk_jobs PRIMARY KEY (id), CONSTRAINT uq_jobs_name UNIQUE (name),"
                + " CONSTRAINT ck_jobs_size CHECK (size > 0),"
                + " CONSTRAINT fk_jobs_owner FOREIGN KEY (owner) REFERENCES people (id) ON DELETE CASCADE)",
        "CREATE TABLE bare (a INTEGER, b INTEGER)",
        "CREATE TABLE spied (a INTEGER, b INTEGER)",
        "CREATE INDEX ix_jobs_size ON jobs (size DESC)",
        "CREATE VIEW big AS SELECT id FROM people WHERE id > 100",
        "INSERT INTO people VALUES (1, 'a@b')",
        "INSERT INTO jobs VALUES (7, 'x', 3, 1), (8, 'y', 4, NULL)"
    };

    private static Column column(String name) {
        return Column.of(name, ColumnType.integer());
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                arguments(
                        new CreateTable(Table.of(
                                "made",
                                List.of(
                                        column("id").notNull(),
                                        PrimaryKey.of("id").named("pk_made")))),
                        "+ table made"),
                arguments(new DropTable("jobs"), "- table jobs"),
                arguments(new RenameTable("bare", "naked"), "+ table naked"),
                arguments(new AddColumn("jobs", column("more")), "+ column jobs.more"),
                arguments(
                        new AddColumn("jobs", column("more").notNull(), "size + 1", OnMismatch.FAIL),
                        "+ column jobs.more"),
                arguments(new AddColumn("jobs", column("size"), null, OnMismatch.SKIP), ""),
                arguments(new DropColumn("jobs", "size"), "- column jobs.size"),
                arguments(new DropColumn("jobs", "owner"), "- column jobs.owner"),
                arguments(new DropColumn("jobs", "gone", OnMismatch.SKIP), ""),
                arguments(
                        new AlterColumn(
                                "bare",
                                "a",
                                ColumnChange.nothing()
                                        .type(ColumnType.varchar(20))
                                        .using("a || 'x'")),
                        "~ column bare.a"),
                arguments(new AlterColumn("jobs", "size", ColumnChange.nothing().notNull("1")), "~ column jobs.size"),
                arguments(
                        new AlterColumn(
                                "people", "email", ColumnChange.nothing().nullable()),
                        "~ column people.email"),
                arguments(
                        new AlterColumn("jobs", "name", ColumnChange.nothing().defaultTo("'old'")),
                        "~ default jobs.name"),
                arguments(
                        new AlterColumn("jobs", "name", ColumnChange.nothing().withoutDefault()),
                        "- default jobs.name"),
                arguments(new RenameColumn("jobs", "size", "extent"), "+ column jobs.extent"),
                arguments(new AddConstraint("bare", PrimaryKey.of("a").named("pk_bare")), "+ primary-key bare.pk_bare"),
                arguments(new AddConstraint("bare", UniqueConstraint.of("uq", "a", "b")), "+ unique bare.uq"),
                arguments(new AddConstraint("bare", CheckConstraint.of("ck", "a < b")), "+ check bare.ck"),
                arguments(
                        new AddConstraint(
                                "bare", ForeignKey.of("fk", "a", "people", "id").onDelete("set null")),
                        "+ foreign-key bare.fk"),
                arguments(new DropConstraint("jobs", "uq_jobs_name"), "- unique jobs.uq_jobs_name"),
                arguments(new DropConstraint("jobs", "ck_jobs_size"), "- check jobs.ck_jobs_size"),
                arguments(new DropConstraint("jobs", "fk_jobs_owner"), "- foreign-key jobs.fk_jobs_owner"),
                arguments(new DropConstraint("jobs", "pk_jobs"), "- primary-key jobs.pk_jobs"),
                arguments(new DropConstraint("jobs", "gone", OnMismatch.SKIP), ""),
                arguments(new DropPrimaryKey("jobs"), "- primary-key jobs.pk_jobs"),
                arguments(
                        new CreateIndex(
                                "jobs", Index.of("ix_more", "name", "size").uniqueKeys()),
                        "+ index ix_more"),
                arguments(new DropIndex("ix_jobs_size"), "- index ix_jobs_size"),
                arguments(new DropIndex("gone", Build.BLOCKING, OnMismatch.SKIP), ""),
                arguments(
                        new CreateView(new View(
                                "", "v", false, "SELECT id FROM people", List.of(), List.of(), new TreeMap<>(), null)),
                        "+ view v"),
                arguments(new DropView("big", false, OnMismatch.FAIL), "- view big"),
                arguments(
                        new AlterTable(
                                "bare",
                                List.of(
                                        new AddColumn("bare", column("c")),
                                        new AddConstraint("bare", UniqueConstraint.of("uq", "a", "c"))),
                                Recreate.AUTO,
                                null,
                                List.of()),
                        "+ column bare.c"),
                arguments(everything(), "+ table all of it"),
                arguments(new ValidateConstraint("jobs", "ck_jobs_size"), ""),
                arguments(new CommentOnTable("bare", null), ""),
                arguments(
                        new CreateIndex(
                                "jobs",
                                new Index(
                                        "ix_of_all",
                                        false,
                                        List.of(
                                                new Index.Key(null, "lower(name)", ""),
                                                new Index.Key("size", null, "desc")),
                                        "size > 1",
                                        new TreeMap<>(),
                                        false)),
                        "+ index ix_of_all"),
                arguments(
                        new CreateIndex("jobs", Index.of("ix_jobs_size", "name"), Build.BLOCKING, OnMismatch.SKIP), ""),
                arguments(new CreateTable(Table.of("jobs", List.of(column("a"))), OnMismatch.SKIP), ""));
    }

    private static Operation everything() {
        return new CreateTable(Table.of(
                        "all of it",
                        List.of(
                                column("id").notNull(),
                                Column.of("note", ColumnType.varchar(20)).withDefault("'it''s'"),
                                Column.of("doc", ColumnType.json().with("sqlite", ColumnType.text())),
                                Column.of("own", ColumnType.spelled("numeric(4, 2)")),
                                column("twice").generatedAlways("always as (id * 2) stored"),
                                PrimaryKey.of("id").named("pk_all"),
                                UniqueConstraint.of("uq_all", "note", "id"),
                                CheckConstraint.of("ck_all", "note <> ')'"),
                                ForeignKey.of("fk_all", "id", "people", "id").onDelete("cascade")))
                .withIndexes(List.of(Index.of("ix_all", "note"))));
    }

    /** For operations without a reverse, only the effect is tested. */
    static Stream<Arguments> operationsWithoutReverse() {
        return Stream.of(
                arguments(
                        new BulkInsert("people", List.of("id", "email"), List.of(List.of(5, "it's"))),
                        "SELECT email FROM people WHERE id = 5",
                        "it's"),
                arguments(
                        new Execute(
                                new SqlText("UPDATE people SET email = ? WHERE id = 1", Location.of("x")),
                                List.of("a'; DROP TABLE jobs; --")),
                        "SELECT email FROM people",
                        "a'; DROP TABLE jobs; --"));
    }

    private static Trigger sqliteTrigger(String name) {
        return Trigger.of(
                name,
                Map.of(
                        "timing",
                        "after",
                        "event",
                        "update of name",
                        "when",
                        "new.size > 2",
                        "body",
                        "BEGIN UPDATE people SET email = 'fired;' WHERE id = new.owner; END"));
    }

    static Stream<Arguments> operationsOfSqlite() {
        return Stream.of(
                arguments(new CreateTrigger("jobs", sqliteTrigger("tr")), "+ trigger jobs.tr"),
                arguments(new DropTrigger("spied", "there", OnMismatch.FAIL), "- trigger spied.there"),
                arguments(new DropTrigger("jobs", "gone", OnMismatch.SKIP), ""),
                arguments(new DropEnum("gone", OnMismatch.FAIL), ""),
                arguments(new CreateEnum("mood", List.of("sad")), ""),
                arguments(new AddEnumValue("mood", "sad", null), ""),
                arguments(new DropConstraint("unnamed", "uq_unnamed_a"), "- unique unnamed.(a)"),
                arguments(new DropConstraint("unnamed", "ck_unnamed_a"), "- check unnamed.(a)"),
                arguments(new DropConstraint("unnamed", "pk_unnamed"), "- primary-key unnamed.(id)"),
                arguments(
                        new AlterColumn("unnamed", "id", ColumnChange.nothing().identity("by default")),
                        "~ primary-key unnamed.(id)"),
                arguments(
                        new AlterColumn("counted", "id", ColumnChange.nothing().identity(null)),
                        "~ primary-key counted.(id)"));
    }

    private static final String[] BEFORE_ON_SQLITE = {
        "CREATE TABLE unnamed (id INTEGER PRIMARY KEY, a INTEGER UNIQUE CHECK (a > 0))",
        "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "CREATE TRIGGER there AFTER DELETE ON spied BEGIN UPDATE people SET email = 'deleted' WHERE id = old.a; END"
    };

    private static final String[] BEFORE_ON_POSTGRES = {
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN UPDATE people SET email = ''fired;'' WHERE id = new.owner; RETURN NULL; END'",
        "CREATE TRIGGER there AFTER UPDATE OF b ON spied FOR EACH ROW WHEN (new.b > 1) EXECUTE FUNCTION note()",
        "CREATE TYPE feeling AS ENUM ('fine', 'it''s \\ so')",
        "CREATE SEQUENCE counter INCREMENT BY 3 START WITH 4",
        "ALTER TABLE spied ADD CONSTRAINT ck_late CHECK (a > 0) NOT VALID",
        "ALTER TABLE spied ADD CONSTRAINT ex_there EXCLUDE USING btree (a WITH =) WHERE (b > 0)",
        "CREATE MATERIALIZED VIEW stored AS SELECT id FROM people",
        "CREATE TABLE counted (id integer GENERATED ALWAYS AS IDENTITY, moods feeling[], note varchar(9) COLLATE \"C\")",
        "COMMENT ON TABLE counted IS 'it''s'"
    };

    static Stream<Arguments> operationsOfPostgres() {
        return Stream.of(
                arguments(new CommentOnTable("jobs", "it's"), "+ comment jobs"),
                arguments(
                        new AlterColumn("jobs", "size", ColumnChange.nothing().comment("a\\b")), "+ comment jobs.size"),
                arguments(new AlterColumn("jobs", "id", ColumnChange.nothing().identity("always")), "~ column jobs.id"),
                arguments(new CreateEnum("mood", List.of("sad", "it's ok")), "+ enum mood"),
                arguments(new CreateSequence("seq", 5, 2), "+ sequence seq"),
                arguments(
                        new AddExclusion(
                                "bare",
                                new Exclusion("ex", "btree", List.of(new Exclusion.Element("a", "=")), "b > 0")),
                        "+ exclusion bare.ex"),
                arguments(new DropConstraint("spied", "ex_there"), "- exclusion spied.ex_there"),
                arguments(new DropTable("spied"), "- table spied"),
                arguments(new DropTable("counted"), "- table counted"),
                arguments(
                        new AlterColumn("counted", "id", ColumnChange.nothing().identity("by default")),
                        "~ column counted.id"),
                arguments(
                        new AlterColumn("counted", "id", ColumnChange.nothing().identity(null)), "~ column counted.id"),
                arguments(new DropColumn("counted", "note"), "- column counted.note"),
                arguments(new DropColumn("counted", "moods"), "- column counted.moods"),
                arguments(new ValidateConstraint("spied", "ck_late"), "~ check spied.ck_late"),
                arguments(new RenameEnumValue("feeling", "fine", "so, so"), "~ enum feeling"),
                arguments(new CreateEnum("empty", List.of()), "+ enum empty"),
                arguments(new DropEnum("gone", OnMismatch.SKIP), ""),
                arguments(new DropSequence("counter", OnMismatch.FAIL), "- sequence counter"),
                arguments(new DropSequence("gone", OnMismatch.SKIP), ""),
                arguments(new DropView("stored", true, OnMismatch.FAIL), "- materialized-view stored"),
                arguments(
                        new CreateTrigger(
                                "jobs",
                                Trigger.of(
                                        "tr",
                                        Map.of(
                                                "timing",
                                                "after",
                                                "events",
                                                "update",
                                                "columns",
                                                "name",
                                                "level",
                                                "row",
                                                "condition",
                                                "new.size > 2",
                                                "function",
                                                "note()"))),
                        "+ trigger jobs.tr"),
                arguments(new DropTrigger("spied", "there", OnMismatch.FAIL), "- trigger spied.there"));
    }

    @ParameterizedTest
    @MethodSource({"operations", "operationsOfSqlite"})
    void isAppliedAndRevertedOnSqlite(Operation operation, String difference) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            execute(connection, "PRAGMA foreign_keys=ON");
            prepare(connection);
            applyAndRevert(connection, operation, difference);
        }
    }

    @ParameterizedTest
    @MethodSource({"operations", "operationsOfPostgres"})
    void isAppliedAndRevertedOnPostgres(Operation operation, String difference) throws SQLException {
        try (InSchema in = new InSchema("operations")) {
            prepare(in.connection);
            applyAndRevert(in.connection, operation, difference);
        }
    }

    @ParameterizedTest
    @MethodSource("operationsWithoutReverse")
    void isAppliedOnEach(Operation operation, String query, String expected) throws SQLException {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
                InSchema in = new InSchema("operations")) {
            for (Connection connection : List.of(sqlite, in.connection)) {
                prepare(connection);
                OneRevision.run(connection, op -> op.run(operation));
                assertThat(DatabaseForTests.strings(connection, query)).containsExactly(expected);
            }
        }
        assertThatThrownBy(() -> Reversal.of(operation, Schema.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCreatedTriggerFires() throws SQLException {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
                InSchema in = new InSchema("operations")) {
            for (Connection connection : List.of(sqlite, in.connection)) {
                prepare(connection);
                Stream<Arguments> own = connection == sqlite ? operationsOfSqlite() : operationsOfPostgres();
                Operation trigger = own.map(a -> (Operation) a.get()[0])
                        .filter(CreateTrigger.class::isInstance)
                        .findFirst()
                        .orElseThrow();
                OneRevision.run(connection, op -> op.run(trigger));
                execute(connection, "UPDATE jobs SET name = 'z' WHERE id = 7");
                assertThat(DatabaseForTests.strings(connection, "SELECT email FROM people"))
                        .containsExactly("fired;");
            }
        }
    }

    @Test
    void anEnumValueIsAddedOutsideOfATransaction() throws SQLException {
        try (InSchema in = new InSchema("operations")) {
            prepare(in.connection);
            Operation add = new AddEnumValue("feeling", "it's", "fine");
            assertThatThrownBy(() -> OneRevision.run(in.connection, op -> op.run(add)))
                    .isInstanceOf(TransactionControlException.class)
                    .hasMessageContaining("no transaction");

            OneRevision.run(in.connection, TransactionMode.NONE, op -> {
                op.run(add);
                op.execute("CREATE TABLE feelings AS SELECT CAST('it''s' AS feeling) AS felt");
                op.run(add);
            });

            assertThat(DatabaseForTests.strings(in.connection, "SELECT unnest(enum_range(NULL::feeling))::text"))
                    .containsExactly("it's", "fine", "it's \\ so");
        }
        assertThatThrownBy(() -> Reversal.of(new AddEnumValue("feeling", "x", null), Schema.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyKindOfOperationIsExecutedOnEachDialectThatHasIt() {
        Stream<Arguments> both = Stream.concat(operations(), operationsWithoutReverse());
        Set<String> common = OperationRecords.kinds(both.map(a -> (Operation) a.get()[0]));
        Set<String> sqlite = OperationRecords.kinds(operationsOfSqlite().map(a -> (Operation) a.get()[0]));
        Set<String> postgres = OperationRecords.kinds(operationsOfPostgres().map(a -> (Operation) a.get()[0]));
        sqlite.addAll(common);
        postgres.addAll(common);
        // It has a test of its own.
        postgres.add("AddEnumValue");
        // OperationRenderingTests tests that they are refused.
        sqlite.addAll(Set.of("AddExclusion", "CreateSequence", "DropSequence", "RenameEnumValue"));

        assertThat(postgres).isEqualTo(OperationRecords.all());
        assertThat(sqlite).isEqualTo(OperationRecords.all());
    }

    /** Creates the initial state, with additional objects on each dialect. */
    static void prepare(Connection connection) throws SQLException {
        boolean postgres = Dialects.of(connection).name().equals("postgresql");
        for (String[] statements : List.of(BEFORE, postgres ? BEFORE_ON_POSTGRES : BEFORE_ON_SQLITE)) {
            for (String sql : postgres ? new String[] {String.join(";\n", statements)} : statements) {
                execute(connection, sql);
            }
        }
    }

    private static void applyAndRevert(Connection connection, Operation operation, String difference)
            throws SQLException {
        Schema before = read(connection);

        OneRevision.run(connection, op -> op.run(operation));

        SchemaDiff made = SchemaDiff.between(before, read(connection));
        if (difference.isEmpty()) {
            assertThat(made.differences()).isEmpty();
            return;
        }
        assertThat(made.differences()).extracting(Object::toString).anyMatch(d -> d.startsWith(difference));

        OneRevision.run(connection, TransactionMode.PER_REVISION, op -> Reversal.of(operation, before)
                .forEach(op::run));

        assertThat(SchemaDiff.between(before, read(connection)).differences())
                .filteredOn(d -> !(d instanceof Difference.Reordered))
                .isEmpty();
    }

    private static Schema read(Connection connection) throws SQLException {
        Dialect dialect = Dialects.of(connection);
        return dialect.read(connection, dialect.currentScope(connection));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
