package dev.turnstone.dialect.sqlite;

import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Copies the statistics of ANALYZE, in {@code sqlite_stat1}, from a table to its rebuilt successor. DROP TABLE deletes
 * them, and without them SQLite may plan the same queries differently.
 */
final class TableStatistics {

    /** The table of the statistics. It exists only after an ANALYZE. */
    static final String TABLE = "sqlite_stat1";

    /** Identifies an index by its keys: the index of a constraint has a numbered name, which changes in a new table. */
    private static final String KEYS =
            "(SELECT group_concat(quote(name) || ' ' || coll || ' ' || \"desc\") FROM pragma_index_xinfo(%s.name)"
                    + " WHERE \"key\")";

    private final Table before;
    private final Table after;
    private final String oldName;
    private final String newName;

    /**
     * Creates the statements for one rebuild.
     *
     * @param temporary the name of the new table while the old one exists
     */
    TableStatistics(Table before, Table after, String temporary) {
        this.before = before;
        this.after = after;
        this.oldName = SqliteLiterals.text(before.name());
        this.newName = SqliteLiterals.text(temporary);
    }

    /** Returns the statement to run while both tables exist. The statistics of a changed index are left out. */
    List<String> copying() {
        return List.of(
                "INSERT INTO " + TABLE + " (tbl, idx, stat) SELECT " + newName + ", idx, stat FROM " + TABLE
                        + " WHERE tbl = " + oldName + " AND (idx IS NULL OR idx IN ("
                        + unchanged().stream().map(SqliteLiterals::text).collect(Collectors.joining(", ")) + "))",
                "INSERT INTO " + TABLE + " (tbl, idx, stat) SELECT " + newName + ", 'sqlite_autoindex_' || " + oldName
                        + " || substr(made.name, length('sqlite_autoindex_' || " + newName
                        + ") + 1), counted.stat FROM "
                        + TABLE + " AS counted, pragma_index_list(" + oldName + ") AS old, pragma_index_list(" + newName
                        + ") AS made WHERE counted.tbl = " + oldName
                        + " AND counted.idx = old.name AND old.origin <> 'c' AND made.origin = old.origin AND "
                        + KEYS.formatted("old") + " = " + KEYS.formatted("made"));
    }

    /** Returns the statement to run when the new table has its final name. */
    String renaming() {
        return "UPDATE " + TABLE + " SET tbl = " + SqliteLiterals.text(after.name()) + " WHERE tbl = " + newName;
    }

    private List<String> unchanged() {
        List<String> names = new ArrayList<>();
        after.indexes().stream()
                .filter(before.indexes()::contains)
                .map(Index::name)
                .forEach(names::add);
        PrimaryKey key = before.primaryKey();
        if (before.options().containsKey("without rowid")
                && after.options().containsKey("without rowid")
                && key != null
                && key.equals(after.primaryKey())) {
            // In a WITHOUT ROWID table, the primary key is the table, and its statistics have the table's name.
            names.add(before.name());
        }
        return names;
    }
}
