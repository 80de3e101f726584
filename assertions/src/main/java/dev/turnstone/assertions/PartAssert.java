package dev.turnstone.assertions;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.UnsupportedDatabaseException;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a part of a schema.
 *
 * <p>A part that does not exist is reported once. Further assertions about it, which only soft assertions reach, are
 * ignored.
 *
 * @param <S> the class itself
 * @param <A> the type of the part
 */
abstract class PartAssert<S extends PartAssert<S, A>, A> extends AbstractAssert<S, A> {

    private final Context context;

    /**
     * @param dialect the dialect's name, for messages
     * @param failures receives failures
     */
    record Context(String dialect, Failures failures) {}

    PartAssert(@Nullable A actual, Class<S> self, Context context) {
        super(actual, self);
        this.context = context;
    }

    Context context() {
        return context;
    }

    /** Returns whether the part does not exist. */
    boolean isAbsent() {
        return actual == null;
    }

    /** Returns the title of the database, such as {@code SQLite}. */
    String database() {
        try {
            return Dialects.named(context.dialect()).title();
        } catch (UnsupportedDatabaseException other) {
            return context.dialect();
        }
    }

    /** Reports a failure. */
    S fail(String message) {
        context.failures().report(failure("%n%s", message));
        return myself;
    }

    /** Reports that an attribute differs from its expected value. */
    S failOn(String what, @Nullable Object expected, @Nullable Object found) {
        return fail(what + " on " + database() + " differs:\n  expected: "
                + FailureText.excerpt(String.valueOf(expected), String.valueOf(found)) + "\n  but was:  "
                + FailureText.excerpt(String.valueOf(found), String.valueOf(expected)));
    }
}
