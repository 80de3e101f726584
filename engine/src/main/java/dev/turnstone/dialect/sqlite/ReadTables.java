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
 * Tables as they were read before. Equal texts mean an equal table: its own, those of what is on it, and those of the
 * tables that its foreign keys refer to, whose names and keys it takes. A trigger reads otherwise when a name comes
 * anywhere, so that a table with one is never known.
 */
final class ReadTables {

    /** @param parents by foreign key; null where there is no such table */
    private record Texts(Entry table, List<Entry> onIt, List<@Nullable Entry> parents) {}

    private record Known(Texts texts, Table table) {}

    private final Map<String, Known> tables = new HashMap<>();
    private final Map<Entry, TableText> parsed = new HashMap<>();

    /** The text of an ordinary table, parsed. */
    TableText textOf(Entry entry) {
        return parsed.computeIfAbsent(entry, table -> CreateTableParser.parse(table.name(), table.sql()));
    }

    /** The table as it was read from the same texts, or read now. */
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

    /** Forgets what is not in a catalog any more. */
    void keepOnly(List<Entry> entries) {
        if (parsed.size() > 2 * entries.size() + 100) {
            parsed.keySet().retainAll(new java.util.HashSet<>(entries));
        }
    }
}
