package dev.turnstone.scenario.locks;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Alternatives to statements that block others for long. A statement is recognised by the work that was observed and by
 * its text. The alternatives are those of the PostgreSQL manual; squawk, strong_migrations and eugene also recommend
 * them.
 */
enum SaferStatement {
    SET_TYPE(
            Work.REWRITE,
            "^ALTER TABLE .*\\bALTER (COLUMN )?\\S+ (SET DATA )?TYPE\\b",
            "Add a column of the new type, let a trigger fill it and fill the old rows in batches, and let the"
                    + " application change over before the old column goes."),
    STORED_COLUMN(
            Work.REWRITE,
            "^ALTER TABLE (?>.*?\\bGENERATED ALWAYS AS \\().*\\) STORED\\b",
            "Add a plain column, let a trigger fill it and fill the old rows in batches; or compute it in a view."),
    NUMBERED_COLUMN(
            Work.REWRITE,
            "^ALTER TABLE .*(\\bAS IDENTITY\\b|\\b(SMALL|BIG)?SERIAL[248]?\\b)",
            "Add the column without it; make a sequence, set its nextval as default, and number the old rows in"
                    + " batches."),
    COMPUTED_DEFAULT(
            Work.REWRITE,
            "^ALTER TABLE (?>.*?\\bADD ).*\\bDEFAULT\\b",
            "Add the column without the default, ALTER COLUMN … SET DEFAULT after it, and fill the old rows in"
                    + " batches; only a default that is the same for all rows costs nothing."),
    STORAGE(
            Work.REWRITE,
            "^ALTER (TABLE|INDEX|MATERIALIZED VIEW) .*\\bSET (LOGGED|UNLOGGED|TABLESPACE|ACCESS METHOD)\\b",
            "Make a new table so, let a trigger keep it in step and copy the old rows in batches; then swap the names."),
    FULL_VACUUM(
            Work.REWRITE,
            "^(VACUUM|CLUSTER)\\b",
            "A plain VACUUM makes the space usable again and blocks no one; rebuild the table only while no one uses it."),
    REFRESH(
            Work.REWRITE,
            "^REFRESH MATERIALIZED VIEW\\b",
            "REFRESH MATERIALIZED VIEW CONCURRENTLY, for which it needs a unique index."),
    CREATE_INDEX(
            Work.BUILD,
            "^CREATE (UNIQUE )?INDEX\\b",
            "CREATE INDEX CONCURRENTLY, outside of a transaction ('-- autocommit'); on a partitioned table, on each"
                    + " partition, then attach these to an index made ON ONLY the whole."),
    REINDEX(Work.BUILD, "^REINDEX\\b", "REINDEX … CONCURRENTLY, outside of a transaction ('-- autocommit')."),
    UNIQUE_CONSTRAINT(
            Work.BUILD,
            "^ALTER TABLE .*\\b(UNIQUE|PRIMARY KEY)\\b",
            "CREATE UNIQUE INDEX CONCURRENTLY outside of a transaction ('-- autocommit'), then ADD CONSTRAINT …"
                    + " UNIQUE|PRIMARY KEY USING INDEX; for a primary key, make the columns NOT NULL before, by a valid"
                    + " CHECK."),
    EXCLUSION(
            Work.BUILD,
            "^ALTER TABLE .*\\bEXCLUDE\\b",
            "There is no way to add it that blocks no one: add it to a new table, copy the rows in batches, and swap the"
                    + " names."),
    FOREIGN_KEY(
            Work.SCAN,
            "^ALTER TABLE .*\\b(FOREIGN KEY|REFERENCES)\\b",
            "ADD CONSTRAINT … FOREIGN KEY … NOT VALID, and VALIDATE CONSTRAINT in a later transaction."),
    CHECK(
            Work.SCAN,
            "^ALTER TABLE .*\\bCHECK\\b",
            "ADD CONSTRAINT … CHECK … NOT VALID, and VALIDATE CONSTRAINT in a later transaction."),
    NOT_NULL(
            Work.SCAN,
            "^ALTER TABLE .*\\b(SET NOT NULL|PRIMARY KEY)\\b",
            "ADD CONSTRAINT … CHECK (… IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT in a later transaction; SET NOT NULL"
                    + " then reads no row, and the check can go."),
    VALIDATE(
            Work.SCAN,
            "^ALTER TABLE .*\\bVALIDATE CONSTRAINT\\b",
            "VALIDATE CONSTRAINT in a transaction of its own, which blocks no one."),
    ATTACH_PARTITION(
            Work.SCAN,
            "^ALTER TABLE .*\\bATTACH PARTITION\\b",
            "Give the table a CHECK that says what the partition's bounds say, NOT VALID, and VALIDATE it, before ATTACH"
                    + " PARTITION; the same, turned round, for a default partition."),
    DOMAIN(
            Work.SCAN,
            "^ALTER DOMAIN\\b",
            "ALTER DOMAIN … ADD CONSTRAINT … NOT VALID, and VALIDATE CONSTRAINT while few write."),
    BACKFILL(
            Work.SCAN,
            "^(UPDATE|DELETE|INSERT|MERGE|SELECT|WITH|COPY|CREATE|DO|CALL)\\b",
            "Change the rows in a revision of their own, in batches that commit one by one, and not in the transaction"
                    + " that alters the table."),
    DROP_INDEX(Work.BRIEF, "^DROP INDEX\\b", "DROP INDEX CONCURRENTLY, outside of a transaction ('-- autocommit')."),
    DETACH_PARTITION(
            Work.BRIEF,
            "^ALTER TABLE .*\\bDETACH PARTITION\\b",
            "DETACH PARTITION … CONCURRENTLY, outside of a transaction ('-- autocommit')."),
    CREATE_PARTITION(
            Work.BRIEF,
            "^CREATE TABLE .*\\bPARTITION OF\\b",
            "CREATE TABLE … (LIKE …), and then ATTACH PARTITION, which lets others read and write."),
    TRUNCATE(Work.BRIEF, "^TRUNCATE\\b", "DELETE in batches blocks no one.");

    /** The advice for every statement that waits for a lock. */
    static final String LOCK_TIMEOUT = "Let it give up soon (SET LOCAL lock_timeout = '2s' before it) and be repeated,"
            + " as all others queue behind the one that waits.";

    /** The advice for a lock that is held during other work. */
    static final String SPLIT =
            "Make a revision of its own of each, so that no lock is kept longer than its own statement takes.";

    /** The observed work of a statement under a lock that blocks others. */
    enum Work {
        /** The statement rewrote the table or the materialized view. */
        REWRITE,
        /** The statement built an index. */
        BUILD,
        /** The statement read all rows. */
        SCAN,
        /** The statement did no work whose duration grows with the number of rows. */
        BRIEF
    }

    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|(?s)/\\*.*?(?:\\*/|\\z)");
    private static final int SHOWN = 200;

    private final Work work;
    private final Pattern spelled;
    private final String advice;

    SaferStatement(Work work, String spelled, String advice) {
        this.work = work;
        this.spelled = Pattern.compile(spelled, Pattern.CASE_INSENSITIVE);
        this.advice = advice;
    }

    /**
     * Returns the alternatives to a statement, one sentence each.
     *
     * @param statement the statement as {@link #onOneLine} returns it
     * @param seen the observed work of the statement
     */
    static List<String> insteadOf(String statement, Work seen) {
        List<SaferStatement> ways = Arrays.stream(values())
                .filter(way ->
                        way.work == seen && way.spelled.matcher(statement).find())
                .toList();
        Stream<String> advice = ways.stream()
                .filter(way -> way != COMPUTED_DEFAULT || ways.size() == 1)
                .map(way -> way.advice);
        if (seen == Work.BRIEF) {
            return Stream.concat(advice, Stream.of(LOCK_TIMEOUT)).toList();
        }
        return ways.isEmpty()
                ? List.of("Do it on a new table or column that is filled in batches, and then swap them.")
                : advice.toList();
    }

    /** Returns a statement on one line, without comments. */
    static String onOneLine(String sql) {
        return COMMENT.matcher(sql).replaceAll(" ").strip().replaceAll("\\s+", " ");
    }

    /** Returns a statement for a message, truncated if it is long. */
    static String shortened(String statement) {
        return statement.length() <= SHOWN ? statement : statement.substring(0, SHOWN - 1) + "…";
    }
}
