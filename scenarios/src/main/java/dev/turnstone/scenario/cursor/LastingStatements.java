package dev.turnstone.scenario.cursor;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Determines which statements on one connection have an effect that survives a crash. These are the commit of a
 * transaction that changed something, and a change outside a transaction. Not thread-safe.
 *
 * <p>A statement that only reads has no such effect. A SELECT may call a function that writes; that write is noticed
 * only at the next statement with a lasting effect.
 */
public final class LastingStatements {

    private static final Pattern VERB = Pattern.compile("^\\s*(\\w+)(?:\\s+(\\w+))?");
    private static final Set<String> PASSING =
            Set.of("SELECT", "VALUES", "SHOW", "SET", "RESET", "PRAGMA", "SAVEPOINT", "RELEASE", "EXPLAIN", "DISCARD");

    private boolean inTransaction;
    private boolean wrote;

    /** Returns whether a transaction was open after the last statement. */
    public boolean inTransaction() {
        return inTransaction;
    }

    /**
     * Returns whether the effect of a statement lasts as soon as the statement has succeeded. Must be called exactly
     * once for each statement, in the order of execution.
     *
     * @param sql the text of one statement
     */
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
