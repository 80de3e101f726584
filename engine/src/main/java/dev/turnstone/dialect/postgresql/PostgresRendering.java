package dev.turnstone.dialect.postgresql;

import static dev.turnstone.dialect.postgresql.PostgresDialect.quoted;
import static dev.turnstone.dialect.postgresql.PostgresSpelling.literal;

import dev.turnstone.dialect.Present;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.dialect.StatementSplitter;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.ColumnChange.Nullability;
import dev.turnstone.operation.Location;
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
import dev.turnstone.operation.Operation.Custom;
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
import dev.turnstone.operation.Operation.RenameColumn;
import dev.turnstone.operation.Operation.RenameEnumValue;
import dev.turnstone.operation.Operation.RenameTable;
import dev.turnstone.operation.Operation.ValidateConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Spells operations as PostgreSQL's statements. */
final class PostgresRendering implements Operation.Visitor<List<SqlStatement>> {

    private final PostgresDialect dialect;
    private final Present present;

    PostgresRendering(PostgresDialect dialect, Present present) {
        this.dialect = dialect;
        this.present = present;
    }

    @Override
    public List<SqlStatement> createTable(CreateTable operation) {
        Table table = operation.table();
        List<String> elements = new ArrayList<>();
        table.columns().forEach(column -> elements.add(PostgresSpelling.column(column)));
        PrimaryKey key = table.primaryKey();
        if (key != null) {
            elements.add(PostgresSpelling.primaryKey(key));
        }
        table.uniques().forEach(unique -> elements.add(PostgresSpelling.unique(unique)));
        table.checks().forEach(check -> elements.add(PostgresSpelling.check(check)));
        table.foreignKeys().forEach(foreign -> elements.add(PostgresSpelling.foreignKey(foreign)));
        String existence = operation.ifThere() == OnMismatch.SKIP ? "IF NOT EXISTS " : "";
        List<SqlStatement> statements = new ArrayList<>();
        statements.add(statement("CREATE TABLE " + existence + quoted(table.name())
                + elements.stream().collect(Collectors.joining(",\n    ", " (\n    ", "\n)"))));
        if (table.comment() != null) {
            statements.addAll(commentOnTable(new CommentOnTable(table.name(), table.comment())));
        }
        table.columns().forEach(column -> statements.addAll(columnComment(table.name(), column)));
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
        return one(alter(operation.table()) + "RENAME TO " + quoted(operation.to()));
    }

    @Override
    public List<SqlStatement> addColumn(AddColumn operation) {
        Column column = operation.column();
        String add = alter(operation.table()) + "ADD COLUMN "
                + (operation.ifThere() == OnMismatch.SKIP ? "IF NOT EXISTS " : "");
        List<SqlStatement> statements = new ArrayList<>();
        if (operation.fill() == null) {
            statements.add(statement(add + PostgresSpelling.column(column)));
        } else {
            statements.add(
                    statement(add + PostgresSpelling.column(column.orNull().withoutDefault())));
            statements.add(fill(operation.table(), column.name(), operation.fill()));
            String alterColumn = alterColumn(operation.table(), column.name());
            if (column.defaultExpression() != null) {
                statements.add(statement(
                        alterColumn + "SET DEFAULT " + PostgresFragment.defaultValue(column.defaultExpression())));
            }
            if (!column.nullable()) {
                statements.add(statement(alterColumn + "SET NOT NULL"));
            }
        }
        statements.addAll(columnComment(operation.table(), column));
        return statements;
    }

    private static SqlStatement fill(String table, String column, String value) {
        return statement("UPDATE " + quoted(table) + " SET " + quoted(column) + " = ("
                + PostgresFragment.expression("value", value) + ") WHERE " + quoted(column) + " IS NULL");
    }

    @Override
    public List<SqlStatement> dropColumn(DropColumn operation) {
        return one(
                alter(operation.table()) + "DROP COLUMN " + ifExists(operation.ifGone()) + quoted(operation.column()));
    }

    @Override
    public List<SqlStatement> renameColumn(RenameColumn operation) {
        return one(alter(operation.table()) + "RENAME COLUMN " + quoted(operation.column()) + " TO "
                + quoted(operation.to()));
    }

    @Override
    public List<SqlStatement> alterColumn(AlterColumn operation) {
        ColumnChange change = operation.change();
        String alter = alterColumn(operation.table(), operation.column());
        List<SqlStatement> statements = new ArrayList<>();
        if (change.type() != null) {
            if (change.defaultValue() != null) {
                // The old default may have no cast to the new type.
                statements.add(statement(alter + "DROP DEFAULT"));
            }
            String using = change.using() == null
                    ? ""
                    : " USING (" + PostgresFragment.expression("expression", change.using()) + ")";
            statements.add(statement(alter + "TYPE " + PostgresSpelling.type(change.type()) + using));
        } else if (change.using() != null) {
            statements.add(statement("UPDATE " + quoted(operation.table()) + " SET " + quoted(operation.column())
                    + " = (" + PostgresFragment.expression("expression", change.using()) + ")"));
        }
        if (change.defaultValue() != null) {
            String value = change.defaultValue().value();
            statements.add(statement(
                    alter + (value == null ? "DROP DEFAULT" : "SET DEFAULT " + PostgresFragment.defaultValue(value))));
        }
        if (change.fill() != null) {
            statements.add(fill(operation.table(), operation.column(), change.fill()));
        }
        if (change.nullability() != null) {
            statements.add(
                    statement(alter + (change.nullability() == Nullability.NULL ? "DROP NOT NULL" : "SET NOT NULL")));
        }
        if (change.identity() != null) {
            statements.add(statement(alter + identity(operation, change.identity())));
        }
        if (change.comment() != null) {
            String text = change.comment().value();
            statements.add(statement("COMMENT ON COLUMN " + quoted(operation.table()) + "." + quoted(operation.column())
                    + " IS " + (text == null ? "NULL" : literal(text))));
        }
        return statements;
    }

    /** A kind that changes keeps the counter. */
    private String identity(AlterColumn operation, ColumnChange.Setting identity) {
        if (identity.value() == null) {
            return "DROP IDENTITY";
        }
        boolean there = present.schema()
                .flatMap(schema -> schema.table(operation.table()))
                .flatMap(table -> table.column(operation.column()))
                .map(Column::identity)
                .isPresent();
        String kind = PostgresSpelling.identity(identity.value());
        return there ? "SET GENERATED " + kind : "ADD GENERATED " + kind + " AS IDENTITY";
    }

    @Override
    public List<SqlStatement> addConstraint(AddConstraint operation) {
        return one(alter(operation.table()) + "ADD " + PostgresSpelling.constraint(operation.constraint()));
    }

    @Override
    public List<SqlStatement> addExclusion(AddExclusion operation) {
        return one(alter(operation.table()) + "ADD " + PostgresSpelling.exclusion(operation.exclusion()));
    }

    @Override
    public List<SqlStatement> dropConstraint(DropConstraint operation) {
        return one(alter(operation.table()) + "DROP CONSTRAINT " + ifExists(operation.ifGone())
                + quoted(operation.constraint()));
    }

    @Override
    public List<SqlStatement> dropPrimaryKey(DropPrimaryKey operation) {
        Optional<String> name = present.schema()
                .flatMap(schema -> schema.table(operation.table()))
                .map(Table::primaryKey)
                .map(PrimaryKey::name);
        // Without a connection the server's own rule has to do.
        return one(alter(operation.table()) + "DROP CONSTRAINT " + quoted(name.orElse(operation.table() + "_pkey")));
    }

    @Override
    public List<SqlStatement> validateConstraint(ValidateConstraint operation) {
        return one(alter(operation.table()) + "VALIDATE CONSTRAINT " + quoted(operation.constraint()));
    }

    @Override
    public List<SqlStatement> commentOnTable(CommentOnTable operation) {
        return one("COMMENT ON TABLE " + quoted(operation.table()) + " IS "
                + (operation.text() == null ? "NULL" : literal(operation.text())));
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
            return one(PostgresSpelling.index(operation.table(), operation.index(), existence));
        }
        List<SqlStatement> statements = new ArrayList<>();
        String name = operation.index().name();
        if (present.schema().filter(schema -> holdsInvalid(schema, name)).isPresent()) {
            statements.addAll(dropIndex(new DropIndex(name, Build.CONCURRENTLY, OnMismatch.SKIP)));
        }
        statements.add(
                alone(PostgresSpelling.index(operation.table(), operation.index(), "CONCURRENTLY " + existence)));
        return statements;
    }

    /** An index that a failed CONCURRENTLY has left behind. */
    private static boolean holdsInvalid(Schema schema, String index) {
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
        return one("INSERT INTO " + quoted(operation.table()) + " " + PostgresSpelling.names(operation.columns())
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
                        .map(PostgresSpelling::literal)
                        .collect(Collectors.joining(", ", "(", ")")));
    }

    /** Outside of a transaction: within one, nobody could use the value before the commit. */
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
        String kind = operation.view().materialized() ? "CREATE MATERIALIZED VIEW " : "CREATE VIEW ";
        List<SqlStatement> statements = new ArrayList<>();
        String name = operation.view().name();
        statements.add(statement(kind + quoted(name) + " AS "
                + PostgresFragment.expression("query", operation.view().query())));
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
        String events = PostgresFragment.single("events", required(trigger, "events"));
        String columns = attributes.get("columns");
        if (columns != null) {
            events = events.replace(
                    "update",
                    "update of "
                            + PostgresSpelling.names(List.of(columns.split(", ", -1)))
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
        return Objects.requireNonNull(
                trigger.attributes().get(attribute), () -> "Trigger " + trigger.name() + " has no " + attribute + ".");
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

    private static String alter(String table) {
        return "ALTER TABLE " + quoted(table) + " ";
    }

    private static String alterColumn(String table, String column) {
        return alter(table) + "ALTER COLUMN " + quoted(column) + " ";
    }

    private static String ifExists(OnMismatch ifGone) {
        return ifGone == OnMismatch.SKIP ? "IF EXISTS " : "";
    }

    private static List<SqlStatement> columnComment(String table, Column column) {
        return column.comment() == null
                ? List.of()
                : one("COMMENT ON COLUMN " + quoted(table) + "." + quoted(column.name()) + " IS "
                        + literal(column.comment()));
    }

    private static List<SqlStatement> one(String sql) {
        return List.of(statement(sql));
    }

    private static SqlStatement statement(String sql) {
        return new SqlStatement(sql, Location.of("operation"), Traits.ORDINARY);
    }

    private static SqlStatement alone(String sql) {
        return new SqlStatement(sql, Location.of("operation"), Traits.NEEDS_AUTOCOMMIT);
    }
}
