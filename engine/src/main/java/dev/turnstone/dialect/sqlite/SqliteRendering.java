package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Present;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StatementSplitter;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.Operation.AddEnumValue;
import dev.turnstone.operation.Operation.AddExclusion;
import dev.turnstone.operation.Operation.AlterTable;
import dev.turnstone.operation.Operation.BulkInsert;
import dev.turnstone.operation.Operation.CommentOnTable;
import dev.turnstone.operation.Operation.CreateEnum;
import dev.turnstone.operation.Operation.CreateIndex;
import dev.turnstone.operation.Operation.CreateSequence;
import dev.turnstone.operation.Operation.CreateTable;
import dev.turnstone.operation.Operation.CreateTrigger;
import dev.turnstone.operation.Operation.CreateView;
import dev.turnstone.operation.Operation.Custom;
import dev.turnstone.operation.Operation.DropEnum;
import dev.turnstone.operation.Operation.DropIndex;
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
import dev.turnstone.operation.Operation.TableChange;
import dev.turnstone.operation.Operation.ValidateConstraint;
import dev.turnstone.operation.OperationVisitor;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Renders operations as SQLite statements. */
final class SqliteRendering implements OperationVisitor<List<SqlStatement>> {

    private final Dialect dialect;
    private final Present present;

    SqliteRendering(Dialect dialect, Present present) {
        this.dialect = dialect;
        this.present = present;
    }

    @Override
    public List<SqlStatement> createTable(CreateTable operation) {
        Table table = operation.table();
        String origin = "create table " + table.name();
        List<SqlStatement> statements = new ArrayList<>();
        boolean tolerant = operation.ifThere() == OnMismatch.SKIP;
        statements.add(statement(origin, CreateTableStatement.createTable(table, tolerant ? "IF NOT EXISTS " : "")));
        String existence = tolerant ? "IF NOT EXISTS " : "";
        table.indexes()
                .forEach(index -> statements.add(
                        statement(origin, DependentStatements.createIndex(table.name(), index, existence))));
        table.triggers()
                .forEach(trigger ->
                        statements.add(statement(origin, DependentStatements.createTrigger(table.name(), trigger))));
        return statements;
    }

    @Override
    public List<SqlStatement> dropTable(DropTable operation) {
        return one(
                "drop table " + operation.table(),
                "DROP TABLE " + ifExists(operation.ifGone()) + Identifier.quoted(operation.table()));
    }

    @Override
    public List<SqlStatement> renameTable(RenameTable operation) {
        return one(
                "rename table " + operation.table(),
                "ALTER TABLE " + Identifier.quoted(operation.table()) + " RENAME TO "
                        + Identifier.quoted(operation.to()));
    }

    @Override
    public List<SqlStatement> alterTable(AlterTable operation) {
        return new TableAlteration(operation, present).statements();
    }

    @Override
    public List<SqlStatement> tableChange(TableChange change) {
        if (change instanceof RenameColumn rename) {
            return renameColumn(rename);
        }
        if (change instanceof AddExclusion add) {
            throw new CannotRenderException(
                    "SQLite",
                    "create exclusion constraint " + add.exclusion().name() + " on " + add.table(),
                    "Create it only if op.dialect() is postgresql, and create a trigger that raises an error on SQLite.");
        }
        boolean hasNoEffect = change instanceof ValidateConstraint || change instanceof CommentOnTable;
        return hasNoEffect
                ? List.of()
                : alterTable(new AlterTable(change.table(), List.of(change), Recreate.AUTO, null, List.of()));
    }

    private static List<SqlStatement> renameColumn(RenameColumn operation) {
        return one(
                "rename column " + operation.table() + "." + operation.column(),
                "ALTER TABLE " + Identifier.quoted(operation.table()) + " RENAME COLUMN "
                        + Identifier.quoted(operation.column()) + " TO " + Identifier.quoted(operation.to()));
    }

    @Override
    public List<SqlStatement> createIndex(CreateIndex operation) {
        String existence = operation.ifThere() == OnMismatch.SKIP ? "IF NOT EXISTS " : "";
        return one(
                "create index " + operation.index().name(),
                DependentStatements.createIndex(operation.table(), operation.index(), existence));
    }

    @Override
    public List<SqlStatement> dropIndex(DropIndex operation) {
        return one(
                "drop index " + operation.index(),
                "DROP INDEX " + ifExists(operation.ifGone()) + Identifier.quoted(operation.index()));
    }

    @Override
    public List<SqlStatement> bulkInsert(BulkInsert operation) {
        String into = "INSERT INTO " + Identifier.quoted(operation.table()) + " "
                + CreateTableStatement.columnList(operation.columns()) + " VALUES ";
        return operation.rows().stream()
                .map(row -> into + row.stream().map(SqliteLiterals::of).collect(Collectors.joining(", ", "(", ")")))
                .map(sql -> statement("insert into " + operation.table(), sql))
                .toList();
    }

    @Override
    public List<SqlStatement> execute(Execute operation) {
        return dialect.split(
                operation.parameters().isEmpty()
                        ? operation.sql()
                        : StatementSplitter.forSqlite()
                                .withValues(operation.sql(), operation.parameters(), SqliteLiterals::of));
    }

    @Override
    public List<SqlStatement> createEnum(CreateEnum operation) {
        return List.of();
    }

    @Override
    public List<SqlStatement> addEnumValue(AddEnumValue operation) {
        return List.of();
    }

    @Override
    public List<SqlStatement> renameEnumValue(RenameEnumValue operation) {
        throw new CannotRenderException(
                "SQLite",
                "rename value " + operation.value() + " of enum " + operation.name()
                        + ", because SQLite has no enum types",
                "If op.dialect() is sqlite, change the rows: op.execute(\"UPDATE … SET … = ? WHERE … = ?\", …).");
    }

    @Override
    public List<SqlStatement> dropEnum(DropEnum operation) {
        return List.of();
    }

    @Override
    public List<SqlStatement> createSequence(CreateSequence operation) {
        throw noSequences(operation.name());
    }

    @Override
    public List<SqlStatement> dropSequence(DropSequence operation) {
        throw noSequences(operation.name());
    }

    private static CannotRenderException noSequences(String name) {
        return new CannotRenderException(
                "SQLite",
                "create or drop sequence " + name,
                "Use a primary key with autoIncrement(), or do this only if op.dialect() is postgresql.");
    }

    @Override
    public List<SqlStatement> createView(CreateView operation) {
        if (operation.view().materialized()) {
            throw new CannotRenderException(
                    "SQLite", "store the rows of view " + operation.view().name(), "Create a plain view or a table.");
        }
        String origin = "create view " + operation.view().name();
        List<SqlStatement> statements = new ArrayList<>();
        statements.add(statement(origin, DependentStatements.createView(operation.view())));
        DependentStatements.triggers(operation.view()).forEach(sql -> statements.add(statement(origin, sql)));
        return statements;
    }

    @Override
    public List<SqlStatement> dropView(DropView operation) {
        return one(
                "drop view " + operation.name(),
                "DROP VIEW " + ifExists(operation.ifGone()) + Identifier.quoted(operation.name()));
    }

    @Override
    public List<SqlStatement> createTrigger(CreateTrigger operation) {
        return one(
                "create trigger " + operation.trigger().name(),
                DependentStatements.createTrigger(operation.table(), operation.trigger()));
    }

    @Override
    public List<SqlStatement> dropTrigger(DropTrigger operation) {
        return one(
                "drop trigger " + operation.trigger(),
                "DROP TRIGGER " + ifExists(operation.ifGone()) + Identifier.quoted(operation.trigger()));
    }

    @Override
    public List<SqlStatement> custom(Custom operation) {
        SqlText sql = operation.sql(dialect.name());
        return dialect.split(sql);
    }

    private static String ifExists(OnMismatch ifGone) {
        return ifGone == OnMismatch.SKIP ? "IF EXISTS " : "";
    }

    private static List<SqlStatement> one(String origin, String sql) {
        return List.of(statement(origin, sql));
    }

    static SqlStatement statement(String origin, String sql) {
        return new SqlStatement(sql, Location.of(origin), SqlStatement.Traits.ORDINARY);
    }
}
