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

/** A table as it shall be: takes changes one by one, and keeps where the values of each column come from. */
final class TableDraft implements TableChangeVisitor<TableDraft> {

    private Table table;

    /** By column; a column that is not in it keeps its values, a new one gets its default. */
    private final Map<String, String> values = new HashMap<>();

    TableDraft(Table table) {
        this.table = table;
    }

    Table table() {
        return table;
    }

    /** The expression over the old row for a column's values, or null. */
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
            throw cannot("add column " + column.name() + ", which is there", "Use addColumnIfNotExists.");
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
            countUp(old.name(), change.identity().value() != null);
        }
        return this;
    }

    private void countUp(String column, boolean counts) {
        PrimaryKey key = table.primaryKey();
        if (key == null || !key.columns().equals(List.of(column))) {
            throw cannot("count up column " + column, "Only a column that is the whole primary key can.");
        }
        SortedMap<String, String> options = new TreeMap<>(key.options());
        if (counts) {
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
        throw new IllegalStateException("A rename divides a batch: " + change);
    }

    @Override
    public TableDraft addConstraint(AddConstraint change) {
        if (change.constraint() instanceof PrimaryKey key) {
            if (table.primaryKey() != null) {
                throw cannot("add a second primary key", "Drop the first one before: dropPrimaryKey.");
            }
            table = table.withPrimaryKey(new PrimaryKey(key.name(), declared(key.columns()), key.options()));
        } else if (change.constraint() instanceof UniqueConstraint unique) {
            refuseTaken(unique.name());
            table = table.withUniques(with(
                    table.uniques(),
                    new UniqueConstraint(unique.name(), declared(unique.columns()), unique.options())));
        } else if (change.constraint() instanceof CheckConstraint check) {
            refuseTaken(check.name());
            List<String> columns = new MentionedColumns(table).in(SqlFragment.expression(check.expression()));
            table = table.withChecks(with(
                    table.checks(), new CheckConstraint(check.name(), check.expression(), columns, check.options())));
        } else if (change.constraint() instanceof ForeignKey key) {
            refuseTaken(key.name());
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

    private void refuseTaken(@Nullable String name) {
        if (name != null && ConstraintNames.of(table).find(name) != null) {
            throw cannot("add constraint " + name + ", which is there", "Drop it before, or choose another name.");
        }
    }

    @Override
    public TableDraft addExclusion(AddExclusion change) {
        throw cannot(
                "have exclusion constraint " + change.exclusion().name(),
                "Make it where op.dialect() is postgresql only, and a trigger that raises on SQLite.");
    }

    @Override
    public TableDraft dropConstraint(DropConstraint change) {
        Table without = ConstraintNames.of(table).without(change.constraint());
        if (without == null) {
            if (change.ifGone() == OnMismatch.SKIP) {
                return this;
            }
            throw cannot(
                    "drop constraint " + change.constraint() + ", which is not there",
                    "There are: " + ConstraintNames.of(table).names() + ".");
        }
        table = without;
        return this;
    }

    @Override
    public TableDraft dropPrimaryKey(DropPrimaryKey change) {
        if (table.primaryKey() == null) {
            throw cannot("drop the primary key, which is not there", "Leave it out.");
        }
        if (table.options().containsKey("without rowid")) {
            throw cannot(
                    "drop the primary key of a WITHOUT ROWID table", "Change it with addConstraint in a new table.");
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

    /** Puts columns first; the others follow in their order. */
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
                        "change column " + name + ", which is not there",
                        "There are: "
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

    /** The names of an index's columns. */
    static List<String> columnsOf(Index index) {
        return index.keys().stream()
                .filter(key -> key.column() != null)
                .map(key -> String.valueOf(key.column()))
                .toList();
    }

    private CannotRenderException cannot(String what, String alternative) {
        return new CannotRenderException("SQLite", "in table " + table.name() + " " + what, alternative);
    }
}
