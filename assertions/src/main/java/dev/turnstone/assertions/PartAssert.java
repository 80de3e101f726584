package dev.turnstone.assertions;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.UnsupportedDatabaseException;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a part of a schema.
 *
 * <p>A part that is not there is a failure once: what is said of it afterwards, in soft assertions, is passed over.
 *
 * @param <S> the class itself
 * @param <A> what the assertions are about
 */
abstract class PartAssert<S extends PartAssert<S, A>, A> extends AbstractAssert<S, A> {

    private final Context context;

    /**
     * @param dialect the dialect's name, for messages
     * @param failures where failures go
     */
    record Context(String dialect, Failures failures) {}

    PartAssert(@Nullable A actual, Class<S> self, Context context) {
        super(actual, self);
        this.context = context;
    }

    Context context() {
        return context;
    }

    /** Whether there is nothing to say anything of. */
    boolean isAbsent() {
        return actual == null;
    }

    /** The database for people: {@code SQLite}. */
    String database() {
        try {
            return Dialect.named(context.dialect()).title();
        } catch (UnsupportedDatabaseException other) {
            return context.dialect();
        }
    }

    /** Reports a failure. */
    S fail(String message) {
        context.failures().report(failure("%n%s", message));
        return myself;
    }

    /** Reports that something has another value than expected. */
    S failOn(String what, @Nullable Object expected, @Nullable Object found) {
        return fail(what + " on " + database() + " is another:\n  expected: "
                + Wording.excerpt(String.valueOf(expected), String.valueOf(found)) + "\n  but was:  "
                + Wording.excerpt(String.valueOf(found), String.valueOf(expected)));
    }
}
