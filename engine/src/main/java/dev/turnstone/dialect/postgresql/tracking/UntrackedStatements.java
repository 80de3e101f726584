package dev.turnstone.dialect.postgresql.tracking;

import java.util.regex.Pattern;

/** Detects statements that can make changes for which no event trigger fires. */
final class UntrackedStatements {

    /**
     * Event triggers themselves and the setting that silences them, what is shared by all databases, CLUSTER and REINDEX
     * with their marks on indexes, and writing to the catalog's own tables. The words may stand anywhere, also in the
     * text of a function.
     */
    private static final Pattern WORDS = Pattern.compile(
            "\\b(EVENT\\s+TRIGGER|EVENT_TRIGGERS|SESSION_REPLICATION_ROLE|TABLESPACE|ROLE|USER|GROUP|OWNED|DATABASE|CLUSTER|REINDEX"
                    + "|ALLOW_SYSTEM_TABLE_MODS)\\b"
                    + "|\\b(UPDATE|INTO|FROM|MERGE)\\s+(ONLY\\s+)?\"?(PG_CATALOG\"?\\s*\\.\\s*\"?)?PG_",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern READING =
            Pattern.compile("\\bCURRENT_(ROLE|USER)|GROUP\\s+BY\\b", Pattern.CASE_INSENSITIVE);

    private UntrackedStatements() {}

    /** Returns whether a statement may be one. A false positive costs one full read. */
    static boolean test(String sql) {
        return WORDS.matcher(READING.matcher(sql).replaceAll("")).find();
    }
}
