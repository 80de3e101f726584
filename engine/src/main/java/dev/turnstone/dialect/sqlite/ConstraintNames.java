package dev.turnstone.dialect.sqlite;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.ConstraintNaming;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table's constraints by name. A constraint without a name has the name that the naming convention gives it. */
final class ConstraintNames {

    private static final ConstraintNaming CONVENTION = ConstraintNaming.DEFAULT;

    /** A constraint's name, and a function that removes the constraint from the table. */
    private record Entry(String name, boolean own, UnaryOperator<Table> removal) {}

    private final Table table;
    private final List<Entry> entries = new ArrayList<>();

    private ConstraintNames(Table table) {
        this.table = table;
    }

    static ConstraintNames of(Table table) {
        ConstraintNames names = new ConstraintNames(table);
        PrimaryKey key = table.primaryKey();
        if (key != null) {
            names.add(key.name(), CONVENTION.primaryKey(table.name(), key), t -> t.withPrimaryKey(null));
        }
        table.uniques()
                .forEach(u -> names.add(
                        u.name(), CONVENTION.unique(table.name(), u), t -> t.withUniques(without(t.uniques(), u))));
        table.checks()
                .forEach(c -> names.add(
                        c.name(), CONVENTION.check(table.name(), c), t -> t.withChecks(without(t.checks(), c))));
        table.foreignKeys()
                .forEach(f -> names.add(
                        f.name(),
                        CONVENTION.foreignKey(table.name(), f),
                        t -> t.withForeignKeys(without(t.foreignKeys(), f))));
        for (Column column : table.columns()) {
            String name = column.options().get("not null name");
            if (name != null) {
                names.add(name, name, t -> withoutNotNull(t, column));
            }
        }
        return names;
    }

    private static Table withoutNotNull(Table table, Column column) {
        SortedMap<String, String> options = new TreeMap<>(column.options());
        options.remove("not null name");
        options.remove("not null on conflict");
        return table.withColumns(table.columns().stream()
                .map(c -> c.equals(column) ? c.orNull().withOptions(options) : c)
                .toList());
    }

    private void add(@Nullable String own, String conventional, UnaryOperator<Table> removal) {
        entries.add(new Entry(own == null ? conventional : own, own != null, removal));
    }

    /** Removes the first of equal constraints and keeps the others. */
    private static <T> List<T> without(List<T> list, T one) {
        List<T> rest = new ArrayList<>(list);
        rest.remove(one);
        return rest;
    }

    private @Nullable Entry entry(String name, boolean own) {
        return entries.stream()
                .filter(e -> e.own() == own && TableDraft.same(e.name(), name))
                .findFirst()
                .orElse(null);
    }

    /** Returns the constraint's own name if a constraint has this name, or null. */
    @Nullable
    String find(String name) {
        Entry found = entry(name, true);
        return found == null ? null : found.name();
    }

    /** Returns the table without a constraint, or null if no constraint has that name. */
    @Nullable
    Table without(String name) {
        Entry own = entry(name, true);
        Entry found = own == null ? entry(name, false) : own;
        return found == null ? null : found.removal().apply(table);
    }

    /** Returns all names, for messages. */
    String names() {
        return entries.isEmpty() ? "none" : entries.stream().map(Entry::name).collect(Collectors.joining(", "));
    }
}
