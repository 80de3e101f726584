package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.SqliteCatalog.Entry;
import dev.turnstone.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches tables by their definition texts. A cached table is valid if the texts are equal: its own, those of its
 * indexes, and those of the tables that its foreign keys refer to, because it takes names and keys from them. A table
 * with a trigger is never cached, because any new name can change how the trigger's text is read.
 */
final class TableCache {

    /**
     * The texts that define a table.
     *
     * @param parents by foreign key; null if there is no such table
     */
    private record Texts(Entry table, List<Entry> onIt, List<@Nullable Entry> parents) {}

    private record Known(Texts texts, Table table) {}

    private final Map<String, Known> tables = new HashMap<>();
    private final Map<Entry, TableText> parsed = new HashMap<>();

    /** Returns the parsed text of an ordinary table. */
    TableText textOf(Entry entry) {
        return parsed.computeIfAbsent(entry, table -> CreateTableParser.parse(table.name(), table.sql()));
    }

    /** Returns the table cached for the same texts, or reads it now. */
    Table tableOf(Entry entry, List<Entry> onIt, List<@Nullable Entry> parents, Supplier<Table> reading) {
        Texts texts = new Texts(entry, List.copyOf(onIt), new ArrayList<>(parents));
        Known before = tables.get(entry.name());
        boolean hasTrigger = onIt.stream().anyMatch(on -> on.type().equals("trigger"));
        if (before != null && !hasTrigger && before.texts.equals(texts)) {
            return before.table;
        }
        Table now = reading.get();
        if (before != null && before.table.equals(now)) {
            now = before.table;
        }
        tables.put(entry.name(), new Known(texts, now));
        return now;
    }

    /** Removes entries that no longer exist in the catalog. */
    void keepOnly(List<Entry> entries) {
        if (parsed.size() > 2 * entries.size() + 100) {
            parsed.keySet().retainAll(new java.util.HashSet<>(entries));
        }
    }
}
