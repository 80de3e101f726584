package dev.turnstone.dialect.postgresql.render;

import static dev.turnstone.dialect.postgresql.render.PostgresClauses.literal;
import static dev.turnstone.dialect.postgresql.render.PostgresIdentifier.quoted;
import static dev.turnstone.dialect.postgresql.render.PostgresStatements.ifExists;
import static dev.turnstone.dialect.postgresql.render.PostgresStatements.one;
import static dev.turnstone.dialect.postgresql.render.PostgresStatements.statement;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Present;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.ColumnChange.Nullability;
import dev.turnstone.operation.Operation.AddColumn;
import dev.turnstone.operation.Operation.AddConstraint;
import dev.turnstone.operation.Operation.AddExclusion;
import dev.turnstone.operation.Operation.AlterColumn;
import dev.turnstone.operation.Operation.CommentOnTable;
import dev.turnstone.operation.Operation.DropColumn;
import dev.turnstone.operation.Operation.DropConstraint;
import dev.turnstone.operation.Operation.DropPrimaryKey;
import dev.turnstone.operation.Operation.OnMismatch;
import dev.turnstone.operation.Operation.RenameColumn;
import dev.turnstone.operation.Operation.ValidateConstraint;
import dev.turnstone.operation.TableChangeVisitor;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import java.util.ArrayList;
import java.util.List;

/** Renders changes of a table as PostgreSQL statements. */
final class PostgresTableChanges implements TableChangeVisitor<List<SqlStatement>> {

    private final Present present;

    PostgresTableChanges(Present present) {
        this.present = present;
    }

    @Override
    public List<SqlStatement> addColumn(AddColumn operation) {
        Column column = operation.column();
        boolean ifNotExists = operation.ifThere() == OnMismatch.SKIP;
        // IF NOT EXISTS covers ADD COLUMN only: the statements after it would change an existing column.
        if (ifNotExists && (operation.fill() != null || column.comment() != null) && exists(operation)) {
            return List.of();
        }
        String add = alter(operation.table()) + "ADD COLUMN "
                + (operation.ifThere() == OnMismatch.SKIP ? "IF NOT EXISTS " : "");
        List<SqlStatement> statements = new ArrayList<>();
        if (operation.fill() == null) {
            statements.add(statement(add + PostgresClauses.column(column)));
        } else {
            statements.add(
                    statement(add + PostgresClauses.column(column.orNull().withoutDefault())));
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

    private boolean exists(AddColumn operation) {
        return present.schema()
                .map(schema -> schema.table(operation.table())
                        .flatMap(table -> table.column(operation.column().name()))
                        .isPresent())
                .orElseThrow(() -> new CannotRenderException(
                        "PostgreSQL",
                        "determine without a connection whether column " + operation.table() + "."
                                + operation.column().name() + " exists",
                        "Check with hasColumn, and add the column only if it is missing."));
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
            statements.add(statement(alter + "TYPE " + PostgresTypes.render(change.type()) + using));
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

    /** SET GENERATED keeps the sequence's position. */
    private String identity(AlterColumn operation, ColumnChange.Setting identity) {
        if (identity.value() == null) {
            return "DROP IDENTITY";
        }
        boolean hasIdentity = present.schema()
                .flatMap(schema -> schema.table(operation.table()))
                .flatMap(table -> table.column(operation.column()))
                .map(Column::identity)
                .isPresent();
        String kind = PostgresClauses.identity(identity.value());
        return hasIdentity ? "SET GENERATED " + kind : "ADD GENERATED " + kind + " AS IDENTITY";
    }

    @Override
    public List<SqlStatement> addConstraint(AddConstraint operation) {
        return one(alter(operation.table()) + "ADD " + PostgresClauses.constraint(operation.constraint()));
    }

    @Override
    public List<SqlStatement> addExclusion(AddExclusion operation) {
        return one(alter(operation.table()) + "ADD " + PostgresClauses.exclusion(operation.exclusion()));
    }

    @Override
    public List<SqlStatement> dropConstraint(DropConstraint operation) {
        return one(alter(operation.table()) + "DROP CONSTRAINT " + ifExists(operation.ifGone())
                + quoted(operation.constraint()));
    }

    @Override
    public List<SqlStatement> dropPrimaryKey(DropPrimaryKey operation) {
        String name = present.schema()
                .flatMap(schema -> schema.table(operation.table()))
                .map(Table::primaryKey)
                .map(PrimaryKey::name)
                .orElseThrow(() -> new CannotRenderException(
                        "PostgreSQL",
                        "drop the primary key of table " + operation.table()
                                + ": it has none, or there is no connection to read its name from",
                        "Name the constraint: dropConstraint(\"" + operation.table() + "\", \"pk_…\")."));
        return one(alter(operation.table()) + "DROP CONSTRAINT " + quoted(name));
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

    private static String alter(String table) {
        return "ALTER TABLE " + quoted(table) + " ";
    }

    private static String alterColumn(String table, String column) {
        return alter(table) + "ALTER COLUMN " + quoted(column) + " ";
    }

    static List<SqlStatement> columnComment(String table, Column column) {
        return column.comment() == null
                ? List.of()
                : one("COMMENT ON COLUMN " + quoted(table) + "." + quoted(column.name()) + " IS "
                        + literal(column.comment()));
    }
}
