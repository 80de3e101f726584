package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.Exclusion;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operation.AddColumn;
import dev.turnstone.operation.Operation.AddConstraint;
import dev.turnstone.operation.Operation.AddExclusion;
import dev.turnstone.operation.Operation.AlterColumn;
import dev.turnstone.operation.Operation.AlterTable;
import dev.turnstone.operation.Operation.Build;
import dev.turnstone.operation.Operation.CommentOnTable;
import dev.turnstone.operation.Operation.CreateEnum;
import dev.turnstone.operation.Operation.CreateIndex;
import dev.turnstone.operation.Operation.CreateSequence;
import dev.turnstone.operation.Operation.CreateTable;
import dev.turnstone.operation.Operation.CreateView;
import dev.turnstone.operation.Operation.DropColumn;
import dev.turnstone.operation.Operation.DropConstraint;
import dev.turnstone.operation.Operation.DropIndex;
import dev.turnstone.operation.Operation.DropPrimaryKey;
import dev.turnstone.operation.Operation.DropTable;
import dev.turnstone.operation.Operation.DropView;
import dev.turnstone.operation.Operation.OnMismatch;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.Operation.RenameColumn;
import dev.turnstone.operation.Operation.RenameTable;
import dev.turnstone.operation.Reversal;
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
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.schema.View;
import dev.turnstone.source.TransactionMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation does what it says on both databases, and its reverse leaves exactly the schema before. */
class OperationsOnBothTests {

    private static final String[] BEFORE = {
        "CREATE TABLE people (id INTEGER NOT NULL, email TEXT NOT NULL, CONSTRAINT pk_people PRIMARY KEY (id))",
        "CREATE TABLE jobs (id INTEGER NOT NULL, name TEXT DEFAULT 'new', size INTEGER, owner INTEGER,"
                + " CONSTRAINT pk_jobs PRIMARY KEY (id), CONSTRAINT uq_jobs_name UNIQUE (name),"
                + " CONSTRAINT ck_jobs_size CHECK (size > 0),"
                + " CONSTRAINT fk_jobs_owner FOREIGN KEY (owner) REFERENCES people (id) ON DELETE CASCADE)",
        "CREATE TABLE bare (a INTEGER, b INTEGER)",
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
                        "+ column bare.c"));
    }

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
                        "+ exclusion bare.ex"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void doesAndTakesBackOnSqlite(Operation operation, String difference) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            execute(connection, "PRAGMA foreign_keys=ON");
            doAndTakeBack(connection, operation, difference);
        }
    }

    @ParameterizedTest
    @MethodSource({"operations", "operationsOfPostgres"})
    void doesAndTakesBackOnPostgres(Operation operation, String difference) throws SQLException {
        try (InSchema in = new InSchema("operations")) {
            doAndTakeBack(in.connection, operation, difference);
        }
    }

    private static void doAndTakeBack(Connection connection, Operation operation, String difference)
            throws SQLException {
        for (String sql : BEFORE) {
            execute(connection, sql);
        }
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
        Dialect dialect = Dialect.of(connection);
        return dialect.read(connection, dialect.currentScope(connection));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
