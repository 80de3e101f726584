package dev.turnstone.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exclusion constraint: for any two rows, at least one of the comparisons is false.
 *
 * @param name the constraint's name
 * @param method the index method, for example {@code gist}
 * @param elements the comparisons
 * @param where the condition of a partial constraint, or null
 */
public record Exclusion(
        String name,
        String method,
        List<Element> elements,
        @Nullable String where) {

    /**
     * One comparison.
     *
     * @param expression a column's name, quoted if necessary, or an expression in parentheses
     * @param operator for example {@code &&} or {@code =}
     */
    public record Element(String expression, String operator) {}

    public Exclusion {
        elements = List.copyOf(elements);
    }
}
