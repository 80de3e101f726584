package dev.turnstone.dialect.postgresql.render;

import static dev.turnstone.dialect.postgresql.render.PostgresClauses.literal;
import static dev.turnstone.dialect.postgresql.render.PostgresIdentifier.quoted;
import static dev.turnstone.dialect.postgresql.render.PostgresStatements.alone;
import static dev.turnstone.dialect.postgresql.render.PostgresStatements.ifExists;
import static dev.turnstone.dialect.postgresql.render.PostgresStatements.one;
import static dev.turnstone.dialect.postgresql.render.PostgresStatements.statement;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Present;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StatementSplitter;
import dev.turnstone.operation.Operation.AddConstraint;
import dev.turnstone.operation.Operation.AddEnumValue;
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
import dev.turnstone.operation.Operation.Custom;
import dev.turnstone.operation.Operation.DropEnum;
import dev.turnstone.operation.Operation.DropIndex;
import dev.turnstone.operation.Operation.DropSequence;
import dev.turnstone.operation.Operation.DropTable;
import dev.turnstone.operation.Operation.DropTrigger;
import dev.turnstone.operation.Operation.DropView;
import dev.turnstone.operation.Operation.Execute;
import dev.turnstone.operation.Operation.OnMismatch;
import dev.turnstone.operation.Operation.RenameEnumValue;
import dev.turnstone.operation.Operation.RenameTable;
import dev.turnstone.operation.Operation.TableChange;
import dev.turnstone.operation.OperationVisitor;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.TableElement;
import dev.turnstone.schema.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Renders operations as PostgreSQL statements. */
public final class PostgresRendering implements OperationVisitor<List<SqlStatement>> {

    private final Dialect dialect;
    private final Present present;

    public PostgresRendering(Dialect dialect, Present present) {
        this.dialect = dialect;
        this.present = present;
    }

    @Override
    public List<SqlStatement> createTable(CreateTable operation) {
        Table table = operation.table();
        PostgresClauses.refuseUnknownOptions("table " + table.name(), table.options());
        List<String> elements = new ArrayList<>();
        table.columns().forEach(column -> elements.add(PostgresClauses.column(column)));
        PrimaryKey key = table.primaryKey();
        if (key != null) {
            elements.add(PostgresClauses.primaryKey(key));
        }
        table.uniques().forEach(unique -> elements.add(PostgresClauses.unique(unique)));
        // CREATE TABLE accepts NOT VALID but ignores it.
        List<TableElement> later = new ArrayList<>();
        table.checks().forEach(check -> {
            if (check.options().containsKey("not valid")) {
                later.add(check);
            } else {
                elements.add(PostgresClauses.check(check));
            }
        });
        table.foreignKeys().forEach(foreign -> {
            if (foreign.options().containsKey("not valid")) {
                later.add(foreign);
            } else {
                elements.add(PostgresClauses.foreignKey(foreign));
            }
        });
        if (!later.isEmpty() && operation.ifThere() == OnMismatch.SKIP) {
            throw new CannotRenderException(
                    "PostgreSQL",
                    "create table " + table.name() + " with a NOT VALID constraint if the table may already exist",
                    "Check with hasTable, then call createTable.");
        }
        String existence = operation.ifThere() == OnMismatch.SKIP ? "IF NOT EXISTS " : "";
        List<SqlStatement> statements = new ArrayList<>();
        statements.add(statement("CREATE TABLE " + existence + quoted(table.name())
                + elements.stream().collect(Collectors.joining(",\n    ", " (\n    ", "\n)"))));
        later.forEach(constraint -> statements.addAll(tableChange(new AddConstraint(table.name(), constraint))));
        if (table.comment() != null) {
            statements.addAll(tableChange(new CommentOnTable(table.name(), table.comment())));
        }
        table.columns().forEach(column -> statements.addAll(PostgresTableChanges.columnComment(table.name(), column)));
        table.indexes()
                .forEach(index -> statements.addAll(
                        createIndex(new CreateIndex(table.name(), index, Build.BLOCKING, operation.ifThere()))));
        table.triggers().forEach(trigger -> statements.addAll(createTrigger(new CreateTrigger(table.name(), trigger))));
        return statements;
    }

    @Override
    public List<SqlStatement> dropTable(DropTable operation) {
        return one("DROP TABLE " + ifExists(operation.ifGone()) + quoted(operation.table()));
    }

    @Override
    public List<SqlStatement> renameTable(RenameTable operation) {
        return one("ALTER TABLE " + quoted(operation.table()) + " RENAME TO " + quoted(operation.to()));
    }

    @Override
    public List<SqlStatement> tableChange(TableChange change) {
        return change.apply(new PostgresTableChanges(present));
    }

    @Override
    public List<SqlStatement> alterTable(AlterTable operation) {
        return operation.changes().stream()
                .flatMap(change -> change.accept(this).stream())
                .toList();
    }

    @Override
    public List<SqlStatement> createIndex(CreateIndex operation) {
        String existence = operation.ifThere() == OnMismatch.SKIP ? "IF NOT EXISTS " : "";
        if (operation.build() == Build.BLOCKING) {
            return one(PostgresClauses.index(operation.table(), operation.index(), existence));
        }
        List<SqlStatement> statements = new ArrayList<>();
        String name = operation.index().name();
        if (present.schema().filter(schema -> hasInvalidIndex(schema, name)).isPresent()) {
            statements.addAll(dropIndex(new DropIndex(name, Build.CONCURRENTLY, OnMismatch.SKIP)));
        }
        statements.add(alone(PostgresClauses.index(operation.table(), operation.index(), "CONCURRENTLY " + existence)));
        return statements;
    }

    /** Returns whether the schema contains the invalid index of a failed CREATE INDEX CONCURRENTLY. */
    private static boolean hasInvalidIndex(Schema schema, String index) {
        SchemaObject found = schema.objects().get(ObjectId.of(ObjectKind.INDEX, index));
        return found != null && found.attributes().containsKey("invalid");
    }

    @Override
    public List<SqlStatement> dropIndex(DropIndex operation) {
        String name = ifExists(operation.ifGone()) + quoted(operation.index());
        return operation.build() == Build.CONCURRENTLY
                ? List.of(alone("DROP INDEX CONCURRENTLY " + name))
                : one("DROP INDEX " + name);
    }

    @Override
    public List<SqlStatement> bulkInsert(BulkInsert operation) {
        if (operation.rows().isEmpty()) {
            return List.of();
        }
        return one("INSERT INTO " + quoted(operation.table()) + " " + PostgresClauses.names(operation.columns())
                + " VALUES "
                + operation.rows().stream()
                        .map(row -> row.stream().map(PostgresLiterals::of).collect(Collectors.joining(", ", "(", ")")))
                        .collect(Collectors.joining(", ")));
    }

    @Override
    public List<SqlStatement> execute(Execute operation) {
        return dialect.split(
                operation.parameters().isEmpty()
                        ? operation.sql()
                        : StatementSplitter.forPostgresql()
                                .withValues(operation.sql(), operation.parameters(), PostgresLiterals::of));
    }

    @Override
    public List<SqlStatement> createEnum(CreateEnum operation) {
        return one("CREATE TYPE " + quoted(operation.name()) + " AS ENUM "
                + operation.values().stream()
                        .map(PostgresClauses::literal)
                        .collect(Collectors.joining(", ", "(", ")")));
    }

    /** Runs outside a transaction: within one, no statement could use the value before the commit. */
    @Override
    public List<SqlStatement> addEnumValue(AddEnumValue operation) {
        return List.of(alone("ALTER TYPE " + quoted(operation.name()) + " ADD VALUE IF NOT EXISTS "
                + literal(operation.value())
                + (operation.before() == null ? "" : " BEFORE " + literal(operation.before()))));
    }

    @Override
    public List<SqlStatement> renameEnumValue(RenameEnumValue operation) {
        return one("ALTER TYPE " + quoted(operation.name()) + " RENAME VALUE " + literal(operation.value()) + " TO "
                + literal(operation.to()));
    }

    @Override
    public List<SqlStatement> dropEnum(DropEnum operation) {
        return one("DROP TYPE " + ifExists(operation.ifGone()) + quoted(operation.name()));
    }

    @Override
    public List<SqlStatement> createSequence(CreateSequence operation) {
        return one("CREATE SEQUENCE " + quoted(operation.name()) + " INCREMENT BY " + operation.increment()
                + " START WITH " + operation.start());
    }

    @Override
    public List<SqlStatement> dropSequence(DropSequence operation) {
        return one("DROP SEQUENCE " + ifExists(operation.ifGone()) + quoted(operation.name()));
    }

    @Override
    public List<SqlStatement> createView(CreateView operation) {
        PostgresClauses.refuseUnknownOptions(
                "view " + operation.view().name(), operation.view().options());
        String kind = operation.view().materialized() ? "CREATE MATERIALIZED VIEW " : "CREATE VIEW ";
        List<SqlStatement> statements = new ArrayList<>();
        String name = operation.view().name();
        statements.add(statement(kind + quoted(name) + " AS "
                + PostgresFragment.expression("query", operation.view().query())));
        if (operation.view().comment() != null) {
            statements.add(statement("COMMENT ON " + kind.substring("CREATE ".length()) + quoted(name) + " IS "
                    + literal(operation.view().comment())));
        }
        operation.view().indexes().forEach(index -> statements.addAll(createIndex(new CreateIndex(name, index))));
        operation
                .view()
                .triggers()
                .forEach(trigger -> statements.addAll(createTrigger(new CreateTrigger(name, trigger))));
        return statements;
    }

    @Override
    public List<SqlStatement> dropView(DropView operation) {
        return one((operation.materialized() ? "DROP MATERIALIZED VIEW " : "DROP VIEW ")
                + ifExists(operation.ifGone())
                + quoted(operation.name()));
    }

    @Override
    public List<SqlStatement> createTrigger(CreateTrigger operation) {
        Trigger trigger = operation.trigger();
        Map<String, String> attributes = trigger.attributes();
        PostgresClauses.refuseUnknownOptions(
                "trigger " + trigger.name(),
                attributes,
                "timing",
                "events",
                "columns",
                "level",
                "condition",
                "function");
        String events = PostgresFragment.single("events", required(trigger, "events"));
        String columns = attributes.get("columns");
        if (columns != null) {
            events = events.replace(
                    "update",
                    "update of "
                            + PostgresClauses.names(List.of(columns.split(", ", -1)))
                                    .replaceAll("^\\(|\\)$", ""));
        }
        String condition = attributes.get("condition");
        return one("CREATE TRIGGER " + quoted(trigger.name()) + " "
                + PostgresFragment.single("timing", required(trigger, "timing")).toUpperCase(java.util.Locale.ROOT)
                + " " + events + " ON " + quoted(operation.table()) + " FOR EACH "
                + ("statement".equals(attributes.get("level")) ? "STATEMENT" : "ROW")
                + (condition == null ? "" : " WHEN (" + PostgresFragment.expression("condition", condition) + ")")
                + " EXECUTE FUNCTION " + PostgresFragment.single("function", required(trigger, "function")));
    }

    private static String required(Trigger trigger, String attribute) {
        String value = trigger.attributes().get(attribute);
        if (value == null) {
            throw new CannotRenderException(
                    "PostgreSQL",
                    "create trigger " + trigger.name() + " without the attribute " + attribute,
                    "Set timing, events and function, and columns, level and condition as needed.");
        }
        return value;
    }

    @Override
    public List<SqlStatement> dropTrigger(DropTrigger operation) {
        return one("DROP TRIGGER " + ifExists(operation.ifGone()) + quoted(operation.trigger()) + " ON "
                + quoted(operation.table()));
    }

    @Override
    public List<SqlStatement> custom(Custom operation) {
        return dialect.split(operation.sql(dialect.name()));
    }
}
