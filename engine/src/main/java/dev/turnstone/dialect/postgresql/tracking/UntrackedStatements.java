package dev.turnstone.dialect.postgresql.tracking;

import java.util.regex.Pattern;

/** Detects statements that can make changes for which no event trigger fires. */
final class UntrackedStatements {

    /**
     * Statements about event triggers and the setting that disables them, about objects that all databases share, CLUSTER
     * and REINDEX, which set flags of indexes, and writes to the catalog's own tables. The words can be anywhere in the
     * statement, also in the text of a function.
     */
    private static final Pattern WORDS = Pattern.compile(
            "\\b(EVENT\\s+TRIGGER|EVENT_TRIGGERS|SESSION_REPLICATION_ROLE|TABLESPACE|ROLE|USER|GROUP|OWNED|DATABASE|CLUSTER|REINDEX"
                    + "|ALLOW_SYSTEM_TABLE_MODS)\\b"
                    + "|\\b(UPDATE|INTO|FROM|MERGE)\\s+(ONLY\\s+)?\"?(PG_CATALOG\"?\\s*\\.\\s*\"?)?PG_",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern READING =
            Pattern.compile("\\bCURRENT_(ROLE|USER)|GROUP\\s+BY\\b", Pattern.CASE_INSENSITIVE);

    private UntrackedStatements() {}

    /** Returns whether a statement may make such changes. A false positive costs one full read. */
    static boolean test(String sql) {
        return WORDS.matcher(READING.matcher(sql).replaceAll("")).find();
    }
}
