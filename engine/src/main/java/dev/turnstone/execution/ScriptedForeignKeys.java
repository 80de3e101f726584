package dev.turnstone.execution;

import java.util.List;

/**
 * What a run does about SQLite's foreign keys around a rebuild ({@link dev.turnstone.dialect.SuspendedForeignKeys}), as
 * statements of a script. No statement can switch them back to what they were: it takes no value from a query.
 */
final class ScriptedForeignKeys {

    /** Before the transaction, because SQLite ignores it inside of one. */
    static final String OFF = "PRAGMA foreign_keys=OFF";

    /** The last line of a script that switched them off. */
    static final String LEFT_OFF =
            "-- PRAGMA foreign_keys is OFF now, as sqlite3 begins. A session that had it ON says so"
                    + " again: PRAGMA foreign_keys=ON;";

    private static final String DANGLING =
            " AS SELECT \"table\" AS child, parent, count(*) AS found FROM pragma_foreign_key_check GROUP BY 1, 2";

    private ScriptedForeignKeys() {}

    /** At the transaction's begin: which rows refer to nothing already. */
    static List<String> noting() {
        return List.of("CREATE TEMP TABLE turnstone_dangling_before" + DANGLING);
    }

    /** Before its commit: fails where more rows refer to nothing than did before. */
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
