package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operation.AddColumn;
import dev.turnstone.operation.Operation.CreateIndex;
import dev.turnstone.operation.Operation.CreateTable;
import dev.turnstone.operation.Operation.DropColumn;
import dev.turnstone.operation.Operation.DropIndex;
import dev.turnstone.operation.Operation.DropTable;
import dev.turnstone.operation.Operation.Execute;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Spells operations in statements. */
final class SqliteRendering implements Operation.Visitor<List<SqlStatement>> {

    private final Dialect dialect;

    SqliteRendering(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public List<SqlStatement> createTable(CreateTable operation) {
        Table table = operation.table();
        String origin = "create table " + table.name();
        List<SqlStatement> statements = new ArrayList<>();
        statements.add(statement(origin, TableSpelling.createTable(table)));
        table.indexes().forEach(index -> statements.add(statement(origin, createIndex(table.name(), index))));
        table.triggers().forEach(trigger -> statements.add(statement(origin, createTrigger(table.name(), trigger))));
        return statements;
    }

    @Override
    public List<SqlStatement> dropTable(DropTable operation) {
        return one("drop table " + operation.table(), "DROP TABLE " + Identifier.quoted(operation.table()));
    }

    @Override
    public List<SqlStatement> addColumn(AddColumn operation) {
        String name = operation.table() + "." + operation.column().name();
        if (operation.column().identity() != null) {
            throw new CannotRenderException(
                    "SQLite",
                    "add column " + name + " that counts itself up",
                    "Only the primary key can, and only from createTable on: leave out autoIncrement().");
        }
        return one(
                "add column " + name,
                "ALTER TABLE " + Identifier.quoted(operation.table()) + " ADD COLUMN "
                        + TableSpelling.column(operation.column()));
    }

    @Override
    public List<SqlStatement> dropColumn(DropColumn operation) {
        return one(
                "drop column " + operation.table() + "." + operation.column(),
                "ALTER TABLE " + Identifier.quoted(operation.table()) + " DROP COLUMN "
                        + Identifier.quoted(operation.column()));
    }

    @Override
    public List<SqlStatement> createIndex(CreateIndex operation) {
        return one("create index " + operation.index().name(), createIndex(operation.table(), operation.index()));
    }

    @Override
    public List<SqlStatement> dropIndex(DropIndex operation) {
        return one("drop index " + operation.index(), "DROP INDEX " + Identifier.quoted(operation.index()));
    }

    @Override
    public List<SqlStatement> execute(Execute operation) {
        return dialect.split(operation.sql());
    }

    private static String createIndex(String table, Index index) {
        String keys = index.keys().stream().map(SqliteRendering::key).collect(Collectors.joining(", ", " (", ")"));
        return "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX " + Identifier.quoted(index.name()) + " ON "
                + Identifier.quoted(table) + keys
                + (index.where() == null ? "" : " WHERE " + SqlFragment.expression(index.where()));
    }

    private static String key(Index.Key key) {
        String what = key.column() == null
                ? "(" + SqlFragment.expression(String.valueOf(key.expression())) + ")"
                : Identifier.quoted(key.column());
        return what + (key.suffix().isEmpty() ? "" : " " + SqlFragment.keySuffix(key.suffix()));
    }

    private static String createTrigger(String table, Trigger trigger) {
        String when = trigger.attributes().get("when");
        return "CREATE TRIGGER " + Identifier.quoted(trigger.name()) + " "
                + attribute(trigger, "timing").toUpperCase(Locale.ROOT) + " " + event(attribute(trigger, "event"))
                + " ON " + Identifier.quoted(table)
                + (when == null ? "" : " WHEN " + SqlFragment.expression(when))
                + " " + attribute(trigger, "body");
    }

    private static String event(String event) {
        int of = event.indexOf(" of ");
        return of < 0 ? event.toUpperCase(Locale.ROOT) : "UPDATE OF " + event.substring(of + " of ".length());
    }

    private static String attribute(Trigger trigger, String name) {
        String value = trigger.attributes().get(name);
        if (value == null) {
            throw new IllegalArgumentException("Trigger " + trigger.name() + " has no " + name + ".");
        }
        return value;
    }

    private static List<SqlStatement> one(String origin, String sql) {
        return List.of(statement(origin, sql));
    }

    private static SqlStatement statement(String origin, String sql) {
        return new SqlStatement(sql, Location.of(origin), SqlStatement.Traits.ORDINARY);
    }
}
