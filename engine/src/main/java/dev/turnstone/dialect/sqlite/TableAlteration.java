package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Present;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.Operation.AddColumn;
import dev.turnstone.operation.Operation.AlterTable;
import dev.turnstone.operation.Operation.DropColumn;
import dev.turnstone.operation.Operation.OnMismatch;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.Operation.TableChange;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes a table: with ALTER TABLE if that can make all changes, otherwise with a rebuild. */
final class TableAlteration {

    private final AlterTable operation;
    private final Present present;

    /** The ALTER TABLE clauses of newer versions, by change. */
    private final IdentityHashMap<TableChange, String> natives = new IdentityHashMap<>();

    TableAlteration(AlterTable operation, Present present) {
        this.operation = operation;
        this.present = present;
    }

    List<SqlStatement> statements() {
        operation.changes().forEach(TableAlteration::refuseAutoincrement);
        if (mayAlter() && operation.changes().stream().allMatch(TableAlteration::isPlainAddition)) {
            return altering(operation.changes());
        }
        Optional<Schema> schema = operation.copyFrom() == null ? present.schema() : Optional.empty();
        Table before = operation.copyFrom() == null ? schema.map(this::tableIn).orElse(null) : operation.copyFrom();
        if (before == null) {
            return withoutDefinition();
        }
        TableDraft draft = new TableDraft(before);
        List<TableChange> effective = new ArrayList<>();
        boolean all = mayAlter();
        for (TableChange change : operation.changes()) {
            Table soFar = draft.table();
            change.apply(draft);
            if (!draft.table().equals(soFar)) {
                all &= isPlainAddition(change) || isPlainRemoval(change, soFar) || isNative(change, soFar);
                effective.add(change);
            }
        }
        draft.reorder(operation.order());
        schema.ifPresent(everything -> refuseMissingParentKeys(everything, before, draft.table()));
        if (all) {
            return altering(effective);
        }
        if (draft.table().equals(before) && effective.isEmpty() && operation.recreate() != Recreate.ALWAYS) {
            return List.of();
        }
        if (operation.recreate() == Recreate.NEVER) {
            throw new CannotRenderException(
                    "SQLite",
                    "change table " + operation.table() + " in this way without a rebuild, and recreate is NEVER",
                    "Allow the rebuild with Recreate.AUTO.");
        }
        return new TableRebuild(before, draft, schema.orElse(null), present.hasTable(TableStatistics.TABLE))
                .statements();
    }

    /** Runs before the first barrier, because no definition of the table makes the change possible. */
    private static void refuseAutoincrement(TableChange change) {
        if (change instanceof AddColumn add && add.column().identity() != null) {
            throw new CannotRenderException(
                    "SQLite",
                    "add column " + add.table() + "." + add.column().name() + " with autoincrement",
                    "SQLite supports autoincrement only for a primary key in createTable: remove autoIncrement().");
        }
    }

    private boolean mayAlter() {
        return operation.recreate() != Recreate.ALWAYS && operation.order().isEmpty();
    }

    private Table tableIn(Schema schema) {
        return schema.tables().stream()
                .filter(t -> TableDraft.same(t.name(), operation.table()))
                .findFirst()
                .orElseThrow(() -> new CannotRenderException(
                        "SQLite",
                        "change table " + operation.table() + ", which does not exist",
                        "The existing tables are: "
                                + String.join(
                                        ", ",
                                        schema.tables().stream()
                                                .map(Table::name)
                                                .toList())
                                + "."));
    }

    /**
     * Without a connection, nothing shows whether ALTER TABLE can make the change. The statement fails if it cannot.
     */
    private List<SqlStatement> withoutDefinition() {
        boolean simple = mayAlter()
                && operation.changes().stream()
                        .allMatch(change -> (change instanceof AddColumn add
                                        && add.fill() == null
                                        && add.ifThere() == OnMismatch.FAIL)
                                || (change instanceof DropColumn drop && drop.ifGone() == OnMismatch.FAIL)
                                || isNative(change, null));
        if (simple) {
            return altering(operation.changes());
        }
        throw new CannotRenderException(
                "SQLite",
                "change table " + operation.table()
                        + " in this way without a connection, because its definition is unknown",
                "Provide the definition: batchAlterTable(\"" + operation.table() + "\", t -> t.copyFrom(…)….");
    }

    private static boolean isPlainAddition(TableChange change) {
        if (!(change instanceof AddColumn add) || add.fill() != null || add.ifThere() == OnMismatch.SKIP) {
            return false;
        }
        Column column = add.column();
        String value = column.defaultExpression();
        boolean constant = value == null || SqlFragment.isConstantForAlter(value);
        boolean filled = column.nullable() || (value != null && !value.strip().equalsIgnoreCase("null"));
        return column.identity() == null && column.generated() == null && constant && filled;
    }

    private static boolean isPlainRemoval(TableChange change, Table table) {
        return change instanceof DropColumn drop
                && table.columns().stream()
                        .filter(c -> TableDraft.same(c.name(), drop.column()))
                        .allMatch(c -> new DroppedColumn(table, c.name()).standsAlone());
    }

    private boolean isNative(TableChange change, @Nullable Table table) {
        String own = NativeChange.isKnownTo(present.version()) ? NativeChange.of(change, table) : null;
        if (own != null) {
            natives.put(change, own);
        }
        return own != null;
    }

    private List<SqlStatement> altering(List<TableChange> changes) {
        List<SqlStatement> statements = new ArrayList<>();
        for (TableChange change : changes) {
            String alter = "ALTER TABLE " + Identifier.quoted(change.table());
            if (change instanceof AddColumn add) {
                statements.add(SqliteRendering.statement(
                        "add column " + add.table() + "." + add.column().name(),
                        alter + " ADD COLUMN " + CreateTableStatement.column(add.column())));
            } else if (change instanceof DropColumn drop) {
                statements.add(SqliteRendering.statement(
                        "drop column " + drop.table() + "." + drop.column(),
                        alter + " DROP COLUMN " + Identifier.quoted(drop.column())));
            } else {
                String own = natives.get(change);
                if (own == null) {
                    throw new IllegalStateException("ALTER TABLE cannot do " + change);
                }
                statements.add(SqliteRendering.statement("change of table " + change.table(), alter + own));
            }
        }
        return statements;
    }

    /** A foreign key without its parent key would fail at each later change of a row, with an unclear message. */
    private static void refuseMissingParentKeys(Schema schema, Table before, Table after) {
        for (Table child : schema.tables()) {
            List<ForeignKey> keys =
                    TableDraft.same(child.name(), before.name()) ? after.foreignKeys() : child.foreignKeys();
            for (ForeignKey key : keys) {
                if (TableDraft.same(key.referencedTable(), before.name())
                        && isKey(before, key.referencedColumns())
                        && !isKey(after, key.referencedColumns())) {
                    throw new CannotRenderException(
                            "SQLite",
                            "remove from table " + before.name() + " the key ("
                                    + String.join(", ", key.referencedColumns()) + ") that table " + child.name()
                                    + " refers to",
                            "Drop that foreign key first.");
                }
            }
        }
    }

    private static boolean isKey(Table table, List<String> columns) {
        Set<String> wanted = folded(columns);
        PrimaryKey key = table.primaryKey();
        Stream<List<String>> indexes = table.indexes().stream()
                .filter(i -> i.unique() && i.where() == null)
                .map(TableDraft::columnsOf);
        return (key != null && folded(key.columns()).equals(wanted))
                || Stream.concat(table.uniques().stream().map(UniqueConstraint::columns), indexes)
                        .anyMatch(unique -> folded(unique).equals(wanted));
    }

    private static Set<String> folded(List<String> names) {
        Set<String> folded = new HashSet<>();
        names.forEach(name -> folded.add(Identifier.folded(name)));
        return folded;
    }
}
