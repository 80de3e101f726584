package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
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
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The planned state of a table. It applies changes one by one, and keeps the source of each column's values. */
final class TableDraft implements TableChangeVisitor<TableDraft> {

    private Table table;

    /** By column. A column without an entry keeps its values, or gets its default if it is new. */
    private final Map<String, String> values = new HashMap<>();

    TableDraft(Table table) {
        this.table = table;
    }

    Table table() {
        return table;
    }

    /** Returns the expression over the old row for a column's values, or null. */
    @Nullable
    String valueOf(Column column) {
        return values.get(column.name());
    }

    @Override
    public TableDraft addColumn(AddColumn change) {
        Column column = change.column();
        if (has(column.name())) {
            if (change.ifThere() == OnMismatch.SKIP) {
                return this;
            }
            throw cannot("column " + column.name() + " already exists", "Use addColumnIfNotExists.");
        }
        if (change.fill() != null) {
            values.put(column.name(), SqlFragment.expression(change.fill()));
        }
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(column);
        table = table.withColumns(columns);
        return this;
    }

    @Override
    public TableDraft dropColumn(DropColumn change) {
        if (!has(change.column()) && change.ifGone() == OnMismatch.SKIP) {
            return this;
        }
        String name = column(change.column()).name();
        table = new DroppedColumn(table, name).dropped();
        values.remove(name);
        return this;
    }

    @Override
    public TableDraft alterColumn(AlterColumn operation) {
        Column old = column(operation.column());
        ColumnChange change = operation.change();
        Column now = change.type() == null ? old : old.withType(change.type());
        if (change.nullability() == Nullability.NOT_NULL) {
            now = now.notNull();
        } else if (change.nullability() == Nullability.NULL) {
            SortedMap<String, String> options = new TreeMap<>(now.options());
            options.remove("not null name");
            options.remove("not null on conflict");
            now = now.orNull().withOptions(options);
        }
        if (change.defaultValue() != null) {
            String expression = change.defaultValue().value();
            now = expression == null ? now.withoutDefault() : now.withDefault(expression);
        }
        String value = change.using() == null ? null : "(" + SqlFragment.expression(change.using()) + ")";
        if (change.fill() != null) {
            value = "COALESCE(" + (value == null ? Identifier.quoted(old.name()) : value) + ", "
                    + SqlFragment.expression(change.fill()) + ")";
        }
        if (value != null) {
            values.put(old.name(), value);
        }
        replace(old, now);
        if (change.identity() != null) {
            setAutoincrement(old.name(), change.identity().value() != null);
        }
        return this;
    }

    private void setAutoincrement(String column, boolean enabled) {
        PrimaryKey key = table.primaryKey();
        if (key == null || !key.columns().equals(List.of(column))) {
            throw cannot(
                    "column " + column + " is not the whole primary key, so it cannot have autoincrement",
                    "Set autoincrement only on a column that is the whole primary key.");
        }
        SortedMap<String, String> options = new TreeMap<>(key.options());
        if (enabled) {
            options.put("autoincrement", "yes");
        } else {
            options.remove("autoincrement");
        }
        table = table.withPrimaryKey(new PrimaryKey(key.name(), key.columns(), options));
    }

    private void replace(Column old, Column now) {
        table = table.withColumns(
                table.columns().stream().map(c -> c.equals(old) ? now : c).toList());
    }

    @Override
    public TableDraft renameColumn(RenameColumn change) {
        throw new IllegalStateException("A rename ends a batch: " + change);
    }

    @Override
    public TableDraft addConstraint(AddConstraint change) {
        if (change.constraint() instanceof PrimaryKey key) {
            if (table.primaryKey() != null) {
                throw cannot("it already has a primary key", "Drop the first one with dropPrimaryKey.");
            }
            table = table.withPrimaryKey(new PrimaryKey(key.name(), declared(key.columns()), key.options()));
        } else if (change.constraint() instanceof UniqueConstraint unique) {
            refuseExistingName(unique.name());
            table = table.withUniques(with(
                    table.uniques(),
                    new UniqueConstraint(unique.name(), declared(unique.columns()), unique.options())));
        } else if (change.constraint() instanceof CheckConstraint check) {
            refuseExistingName(check.name());
            List<String> columns = new MentionedColumns(table).in(SqlFragment.expression(check.expression()));
            table = table.withChecks(with(
                    table.checks(), new CheckConstraint(check.name(), check.expression(), columns, check.options())));
        } else if (change.constraint() instanceof ForeignKey key) {
            refuseExistingName(key.name());
            table = table.withForeignKeys(with(
                    table.foreignKeys(),
                    new ForeignKey(
                            key.name(),
                            declared(key.columns()),
                            key.referencedTable(),
                            key.referencedColumns(),
                            key.options())));
        }
        return this;
    }

    private List<String> declared(List<String> columns) {
        return columns.stream().map(c -> column(c).name()).toList();
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }

    private void refuseExistingName(@Nullable String name) {
        if (name != null && ConstraintNames.of(table).find(name) != null) {
            throw cannot(
                    "constraint " + name + " already exists",
                    "Drop the existing constraint first, or choose another name.");
        }
    }

    @Override
    public TableDraft addExclusion(AddExclusion change) {
        throw cannot(
                "exclusion constraint " + change.exclusion().name() + " has no counterpart in SQLite",
                "Create it only if op.dialect() is postgresql, and create a trigger that raises an error on SQLite.");
    }

    @Override
    public TableDraft dropConstraint(DropConstraint change) {
        Table without = ConstraintNames.of(table).without(change.constraint());
        if (without == null) {
            if (change.ifGone() == OnMismatch.SKIP) {
                return this;
            }
            throw cannot(
                    "constraint " + change.constraint() + " does not exist",
                    "The existing constraints are: " + ConstraintNames.of(table).names() + ".");
        }
        table = without;
        return this;
    }

    @Override
    public TableDraft dropPrimaryKey(DropPrimaryKey change) {
        if (table.primaryKey() == null) {
            throw cannot("it has no primary key to drop", "Remove the operation.");
        }
        if (table.options().containsKey("without rowid")) {
            throw cannot(
                    "a WITHOUT ROWID table cannot lose its primary key",
                    "Create a new table with another key and copy the rows.");
        }
        table = table.withPrimaryKey(null);
        return this;
    }

    @Override
    public TableDraft validateConstraint(ValidateConstraint change) {
        return this;
    }

    @Override
    public TableDraft commentOnTable(CommentOnTable change) {
        return this;
    }

    /** Moves columns to the beginning. The others follow in their order. */
    void reorder(List<String> first) {
        List<Column> columns = new ArrayList<>();
        first.forEach(name -> columns.add(column(name)));
        Predicate<Column> left = c -> !columns.contains(c);
        table.columns().stream().filter(left).toList().forEach(columns::add);
        table = table.withColumns(columns);
    }

    private boolean has(String name) {
        return table.columns().stream().anyMatch(c -> same(c.name(), name));
    }

    private Column column(String name) {
        return table.columns().stream()
                .filter(c -> same(c.name(), name))
                .findFirst()
                .orElseThrow(() -> cannot(
                        "column " + name + " does not exist",
                        "The existing columns are: "
                                + String.join(
                                        ", ",
                                        table.columns().stream()
                                                .map(Column::name)
                                                .toList())
                                + "."));
    }

    static boolean same(String one, String other) {
        return Identifier.folded(one).equals(Identifier.folded(other));
    }

    /** Returns the names of an index's columns. */
    static List<String> columnsOf(Index index) {
        return index.keys().stream()
                .filter(key -> key.column() != null)
                .map(key -> String.valueOf(key.column()))
                .toList();
    }

    private CannotRenderException cannot(String why, String alternative) {
        return new CannotRenderException("SQLite", "change table " + table.name() + ": " + why, alternative);
    }
}
