package dev.turnstone.execution.offline;

import java.util.List;

/**
 * The statements of a script that disable and check SQLite's foreign keys around a rebuild, as
 * {@link dev.turnstone.dialect.SuspendedForeignKeys} does in a run. A script cannot restore the previous setting,
 * because the PRAGMA takes no value from a query.
 */
final class ScriptedForeignKeys {

    /** Runs before the transaction, because SQLite ignores it within one. */
    static final String OFF = "PRAGMA foreign_keys=OFF";

    /** The last line of a script that disabled foreign keys. */
    static final String LEFT_OFF =
            "-- PRAGMA foreign_keys is OFF now, which is the default of sqlite3. In a session that had it ON, run:"
                    + " PRAGMA foreign_keys=ON;";

    private static final String DANGLING =
            " AS SELECT \"table\" AS child, parent, count(*) AS found FROM pragma_foreign_key_check GROUP BY 1, 2";

    private ScriptedForeignKeys() {}

    /**
     * Returns the statements at the start of the transaction, which record the rows that already violate foreign keys.
     */
    static List<String> recording() {
        return List.of("CREATE TEMP TABLE turnstone_dangling_before" + DANGLING);
    }

    /** Returns the statements before the commit, which fail if more rows violate foreign keys than before. */
    static List<String> checking() {
        return List.of(
                "CREATE TEMP TABLE turnstone_dangling_now" + DANGLING,
                "CREATE TEMP TABLE turnstone_dangling (child, parent,"
                        + " CONSTRAINT \"rows refer to nothing: see PRAGMA foreign_key_check\" CHECK (child IS NULL))",
                "INSERT INTO temp.turnstone_dangling SELECT now.child, now.parent FROM temp.turnstone_dangling_now AS now"
                        + " LEFT JOIN temp.turnstone_dangling_before AS before"
                        + " ON before.child = now.child AND before.parent = now.parent"
                        + " WHERE now.found > coalesce(before.found, 0)",
                "DROP TABLE temp.turnstone_dangling",
                "DROP TABLE temp.turnstone_dangling_now",
                "DROP TABLE temp.turnstone_dangling_before");
    }
}
