package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.SqliteCatalog.Entry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * All entries of a catalog, read as a single text: through JDBC each value costs about as much as a row costs SQLite. What
 * stands in it as it did the last time gives the same instances as then, whose hashes are known. Not thread-safe.
 */
final class CatalogText {

    /** It ends each value. SQLite takes it for the end of a statement, so that no definition holds one. */
    private static final char END = '\0';

    private static final int VALUES = 4;

    /** How many entries that are gone are known at least: what comes again is often as it was. */
    private static final int SPARE = 200;

    private char[] text = {};

    /** Also those that are SQLite's own. */
    private List<Entry> all = List.of();

    /** By entry, where its part of the text ends. */
    private int[] ends = {};

    private final Map<Entry, Entry> instances = new HashMap<>();

    /**
     * All objects with a definition but SQLite's own, in the catalog's order.
     *
     * @param schema {@code main} or an attached one
     */
    List<Entry> entries(Connection connection, String schema) throws SQLException {
        String query = "SELECT count(*), group_concat(type || char(0) || name || char(0) || tbl_name || char(0) || sql"
                + " || char(0), '') FROM " + Identifier.quoted(schema) + ".sqlite_master WHERE sql IS NOT NULL";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            String read = rows.getString(2);
            update(read == null ? new char[0] : read.toCharArray());
            if (all.size() != rows.getInt(1)) {
                throw new UnreadableDefinitionException("catalog", "a text in it holds the character NUL");
            }
        }
        return all.stream().filter(entry -> !isOwn(entry.name())).toList();
    }

    /** Whether SQLite keeps the name for itself. */
    private static boolean isOwn(String name) {
        return name.regionMatches(true, 0, "sqlite_", 0, "sqlite_".length());
    }

    private void update(char[] now) {
        int same = Arrays.mismatch(text, now);
        if (same < 0) {
            return;
        }
        int kept = 0;
        while (kept < ends.length && ends[kept] <= same) {
            kept++;
        }
        List<Entry> entries = new ArrayList<>(all.subList(0, kept));
        List<Integer> newEnds = new ArrayList<>();
        int position = kept == 0 ? 0 : ends[kept - 1];
        while (position < now.length) {
            String[] values = new String[VALUES];
            for (int i = 0; i < VALUES; i++) {
                int begin = Math.min(position, now.length);
                int end = begin;
                while (end < now.length && now[end] != END) {
                    end++;
                }
                values[i] = new String(now, begin, end - begin);
                position = end + 1;
            }
            Entry entry = new Entry(values[0], values[1], values[2], values[3]);
            entries.add(instances.computeIfAbsent(entry, e -> e));
            newEnds.add(position);
        }
        int[] allEnds = Arrays.copyOf(ends, entries.size());
        for (int i = kept; i < allEnds.length; i++) {
            allEnds[i] = newEnds.get(i - kept);
        }
        if (instances.size() > 2 * entries.size() + SPARE) {
            instances.keySet().retainAll(new HashSet<>(entries));
        }
        text = now;
        all = entries;
        ends = allEnds;
    }
}
