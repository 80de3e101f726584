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
 * Reads all entries of a catalog as one text, because through JDBC each value costs about as much as a row costs
 * SQLite. An entry that is unchanged since the last read is the same instance as before, whose hash is computed
 * already. Not thread-safe.
 */
final class CatalogText {

    /** Terminates each value. SQLite treats it as the end of a statement, so no definition contains one. */
    private static final char END = '\0';

    private static final int VALUES = 4;

    /** The minimum number of dropped entries to keep: an object that is created again often has the same text. */
    private static final int SPARE = 200;

    private char[] text = {};

    /** All entries, including SQLite's own. */
    private List<Entry> all = List.of();

    /** For each entry, the end of its part of the text. */
    private int[] ends = {};

    private final Map<Entry, Entry> instances = new HashMap<>();

    /**
     * Returns all objects that have a definition, except SQLite's own, in the catalog's order.
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
                throw new UnreadableDefinitionException("catalog", "a text in it contains a NUL character");
            }
        }
        return all.stream().filter(entry -> !isOwn(entry.name())).toList();
    }

    /** Returns whether SQLite reserves the name. */
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
