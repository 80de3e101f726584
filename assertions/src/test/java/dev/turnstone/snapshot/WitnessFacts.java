package dev.turnstone.snapshot;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.View;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The facts of a reader about tables and views, one line for each, in a form that two readers can share. */
final class WitnessFacts {

    /** Maps the server's names of types, which JDBC returns, to those of the standard. */
    private static final Map<String, String> TYPES = Map.of(
            "int4", "integer",
            "int8", "bigint",
            "bigserial", "bigint",
            "serial", "integer",
            "varchar", "character varying",
            "bool", "boolean");

    private final Set<String> facts = new TreeSet<>();

    private WitnessFacts() {}

    static Set<String> of(Schema schema) {
        WitnessFacts all = new WitnessFacts();
        schema.tables().forEach(all::table);
        for (View view : schema.views()) {
            all.facts.add("view " + view.name());
        }
        return all.facts;
    }

    private void table(Table table) {
        String name = table.name();
        facts.add("table " + name);
        table.columns().forEach(column -> column(name, column));
        if (table.primaryKey() != null) {
            facts.add("primary key of " + name + ": " + table.primaryKey().columns());
        }
        table.foreignKeys().forEach(key -> foreignKey(name, key));
        table.indexes().forEach(index -> index(name, index));
        table.uniques().forEach(unique -> facts.add("unique columns of " + name + ": " + unique.columns()));
        if (table.comment() != null) {
            facts.add("comment on " + name + ": " + table.comment());
        }
    }

    private void column(String table, Column column) {
        String name = table + "." + column.name();
        facts.add(name + " type " + type(column.type().toString()));
        facts.add(name + (column.nullable() ? " nullable" : " not null"));
        if (column.identity() != null) {
            facts.add(name + " counts up");
        } else if (column.defaultExpression() != null) {
            facts.add(name + " default " + column.defaultExpression());
        }
        if (column.comment() != null) {
            facts.add("comment on " + name + ": " + column.comment());
        }
    }

    private static String type(String spelled) {
        String lower = spelled.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        for (Map.Entry<String, String> type : TYPES.entrySet()) {
            if (lower.equals(type.getKey()) || lower.startsWith(type.getKey() + "(")) {
                return type.getValue().replace(" ", "")
                        + lower.substring(type.getKey().length());
            }
        }
        return lower;
    }

    private void foreignKey(String table, ForeignKey key) {
        facts.add("foreign key of " + table + ": " + key.columns() + " -> " + key.referencedTable() + " "
                + key.referencedColumns() + " on delete "
                + key.options().getOrDefault("on delete", "no action") + " on update "
                + key.options().getOrDefault("on update", "no action"));
    }

    private void index(String table, Index index) {
        List<String> columns = index.keys().stream()
                .map(key -> (key.column() == null ? "an expression" : key.column())
                        + (key.suffix().contains("desc") ? " desc" : ""))
                .toList();
        facts.add("index " + index.name() + " of " + table + (index.unique() ? ", unique" : ""));
        facts.add("index " + index.name() + ": " + columns.stream().collect(Collectors.joining(", ")));
        if (index.unique() && index.where() == null && index.keys().stream().allMatch(key -> key.column() != null)) {
            facts.add("unique columns of " + table + ": "
                    + index.keys().stream().map(Index.Key::column).toList());
        }
    }
}
