package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * Looks again where another session dropped something during the look, or holds a lock on it.
 *
 * <p>The snapshot of a statement holds for the tables of the catalog, but the server's functions that spell a
 * definition always look at the present.
 */
final class SteadyLook {

    /** How often something may vanish: a schema in which every other look is spoiled is still read. */
    private static final int LOOKS = 25;

    /** How long another session may hold a lock. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Set<String> LOCKED = Set.of("55P03", "40P01");

    /** Cache lookup failed, and no such relation, column, function, object. */
    private static final Set<String> VANISHED = Set.of("XX000", "42P01", "42703", "42883", "42704");

    private SteadyLook() {}

    /** A look that another session can spoil. */
    interface Look<T> {
        T take() throws SQLException;
    }

    static <T> T at(Scope scope, Look<T> look) throws SQLException {
        long start = System.nanoTime();
        int vanished = 0;
        while (true) {
            try {
                return look.take();
            } catch (VanishedMeanwhileException failure) {
                vanished++;
                if (vanished == LOOKS) {
                    throw new SchemaInMotionException(
                            scope.schema(), "dropped an object in each of " + LOOKS + " looks", failure);
                }
            } catch (SQLException failure) {
                if (LOCKED.contains(failure.getSQLState())) {
                    if (System.nanoTime() - start > PATIENCE.toNanos()) {
                        throw new SchemaInMotionException(
                                scope.schema(), "held a lock on it for " + PATIENCE.toSeconds() + " seconds", failure);
                    }
                } else if (!VANISHED.contains(failure.getSQLState()) || ++vanished == LOOKS) {
                    throw failure;
                }
            }
        }
    }
}
