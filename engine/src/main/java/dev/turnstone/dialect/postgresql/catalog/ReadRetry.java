package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.dialect.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * Repeats a read if another session dropped an object during the read, or holds a lock on one.
 *
 * <p>The snapshot of a statement covers the catalog tables, but the server's functions that format a definition always
 * use the current state.
 */
public final class ReadRetry {

    /**
     * The maximum number of reads with a dropped object. A schema in which every other read fails can still be read.
     */
    private static final int MAX_READS = 25;

    /** The maximum time that another session may hold a lock. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

    private static final Set<String> LOCKED = Set.of("55P03", "40P01");

    /** Failed cache lookup, and undefined table, column, function or object. */
    private static final Set<String> UNDEFINED_OBJECT = Set.of("XX000", "42P01", "42703", "42883", "42704");

    private ReadRetry() {}

    /** A read that another session can disturb. */
    public interface Read<T> {
        T attempt() throws SQLException;
    }

    public static <T> T run(Scope scope, Read<T> read) throws SQLException {
        long start = System.nanoTime();
        int changes = 0;
        while (true) {
            try {
                return read.attempt();
            } catch (ConcurrentChangeException failure) {
                changes++;
                if (changes == MAX_READS) {
                    throw new ConcurrentSchemaChangeException(
                            scope.schema(), "dropped an object in each of " + MAX_READS + " attempts", failure);
                }
            } catch (SQLException failure) {
                if (LOCKED.contains(failure.getSQLState())) {
                    if (System.nanoTime() - start > LOCK_TIMEOUT.toNanos()) {
                        throw new ConcurrentSchemaChangeException(
                                scope.schema(),
                                "held a lock on it for " + LOCK_TIMEOUT.toSeconds() + " seconds",
                                failure);
                    }
                } else if (!UNDEFINED_OBJECT.contains(failure.getSQLState()) || ++changes == MAX_READS) {
                    throw failure;
                }
            }
        }
    }

    /** Signals that another session changed the schema during the read, so that the read must be repeated. */
    static final class ConcurrentChangeException extends RuntimeException {

        ConcurrentChangeException(String message) {
            super(message);
        }
    }
}
