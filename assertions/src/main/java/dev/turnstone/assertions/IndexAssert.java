package dev.turnstone.assertions;

import dev.turnstone.schema.Index;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assertions about an index. */
public final class IndexAssert extends PartAssert<IndexAssert, Index> {

    IndexAssert(@Nullable Index actual, Context context) {
        super(actual, IndexAssert.class, context);
    }

    /**
     * Verifies the keys of the index in order.
     *
     * @param keys columns and expressions: {@code status}, {@code joined desc}, {@code (lower(email))}
     */
    public IndexAssert isOn(String... keys) {
        if (isAbsent()) {
            return this;
        }
        List<String> found = actual.keys().stream().map(Index.Key::toString).toList();
        return found.equals(List.of(keys))
                ? this
                : failOn("The keys of index " + actual.name(), String.join(", ", keys), String.join(", ", found));
    }

    /** Verifies that the index rejects equal keys. */
    public IndexAssert isUnique() {
        return isAbsent() || actual.unique()
                ? this
                : fail("index " + actual.name() + " on " + database() + " is not unique but should be.");
    }

    /** Verifies that the index accepts equal keys. */
    public IndexAssert isNotUnique() {
        return isAbsent() || !actual.unique()
                ? this
                : fail("index " + actual.name() + " on " + database() + " is unique but should not be.");
    }

    /** Verifies the condition of a partial index in the database's canonical form. */
    public IndexAssert hasCondition(String where) {
        return isAbsent() || where.equals(actual.where())
                ? this
                : failOn(
                        "The condition of index " + actual.name(),
                        where,
                        actual.where() == null ? "none" : actual.where());
    }
}
