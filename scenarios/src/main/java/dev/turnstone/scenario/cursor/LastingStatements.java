package dev.turnstone.scenario.cursor;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells, on one connection, which statements leave something that a crash does not take back: a commit of what
 * changes something, and what does so outside of a transaction. Not thread-safe.
 *
 * <p>What only reads is no such statement; a SELECT may call a function that writes, which then shows at the next one.
 */
public final class LastingStatements {

    private static final Pattern VERB = Pattern.compile("^\\s*(\\w+)(?:\\s+(\\w+))?");
    private static final Set<String> PASSING =
            Set.of("SELECT", "VALUES", "SHOW", "SET", "RESET", "PRAGMA", "SAVEPOINT", "RELEASE", "EXPLAIN", "DISCARD");

    private boolean inTransaction;
    private boolean wrote;

    /** Whether a transaction was open after the last statement. */
    public boolean inTransaction() {
        return inTransaction;
    }

    /** Whether this statement lasts as soon as it has succeeded; each statement is asked about once, in order. */
    public boolean lasts(String sql) {
        Matcher verb = VERB.matcher(sql);
        String first = verb.find() ? verb.group(1).toUpperCase(java.util.Locale.ROOT) : "";
        switch (first) {
            case "BEGIN", "START" -> {
                inTransaction = true;
                wrote = false;
                return false;
            }
            case "COMMIT", "END" -> {
                boolean commits = inTransaction && wrote;
                inTransaction = false;
                return commits;
            }
            case "ROLLBACK", "ABORT" -> {
                inTransaction = inTransaction && "TO".equalsIgnoreCase(verb.group(2));
                return false;
            }
            default -> {
                boolean writes = !PASSING.contains(first);
                wrote |= writes;
                return writes && !inTransaction;
            }
        }
    }
}
