package dev.turnstone.dialect;

import org.jspecify.annotations.Nullable;

/**
 * An expression over the columns of a table.
 *
 * @param schema the table's unquoted schema; empty for the schema in which a connection creates unqualified names
 * @param table the unquoted name of the table
 * @param role the purpose of the expression
 * @param column the unquoted name of the column that receives the value; null if the expression does not belong to
 *     a column
 * @param text the expression, without outer parentheses
 */
public record TableExpression(
        String schema, String table, Role role, @Nullable String column, String text) {

    /** The purpose of an expression. */
    public enum Role {
        /** The condition of a check, or the predicate of a partial index. */
        CONDITION,
        /** The key of an index. */
        KEY,
        /** The default of a column. */
        DEFAULT,
        /** The expression of a generated column. */
        GENERATION
    }
}
