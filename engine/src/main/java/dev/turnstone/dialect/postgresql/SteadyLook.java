package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.Scope;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks again where another session dropped something during the look.
 *
 * <p>The snapshot of a statement holds for the tables of the catalog, but the server's functions that spell a
 * definition always look at the present.
 */
final class SteadyLook {

    private static final int LOOKS = 5;

    /** Cache lookup failed, and no such relation, column, function, object. */
    private static final Set<String> VANISHED = Set.of("XX000", "42P01", "42703", "42883", "42704");

    private SteadyLook() {}

    /** A look that another session can spoil. */
    interface Look<T> {
        T take() throws SQLException;
    }

    static <T> T at(Scope scope, Look<T> look) throws SQLException {
        @Nullable Exception last = null;
        for (int i = 0; i < LOOKS; i++) {
            try {
                return look.take();
            } catch (VanishedMeanwhileException vanished) {
                last = vanished;
            } catch (SQLException failure) {
                if (!VANISHED.contains(failure.getSQLState())) {
                    throw failure;
                }
                last = failure;
            }
        }
        throw new SchemaInMotionException(scope.schema(), LOOKS, last);
    }
}
