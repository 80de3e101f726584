package dev.turnstone.dialect;

import org.jspecify.annotations.Nullable;

/**
 * An expression over the columns of a table.
 *
 * @param schema the table's schema, unquoted; empty for that in which a connection makes unqualified names
 * @param table the table, unquoted
 * @param role what the expression is for
 * @param column the column that takes the value, unquoted; null where the expression belongs to no column
 * @param text the expression, without outer parentheses
 */
public record TableExpression(
        String schema, String table, Role role, @Nullable String column, String text) {

    /** What an expression is for. */
    public enum Role {
        /** The condition of a check, or the predicate of a partial index. */
        CONDITION,
        /** The key of an index. */
        KEY,
        /** The default of a column. */
        DEFAULT,
        /** What a generated column is computed by. */
        GENERATION
    }
}
