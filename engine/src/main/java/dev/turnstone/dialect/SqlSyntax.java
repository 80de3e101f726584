package dev.turnstone.dialect;

import dev.turnstone.operation.SqlText;

/** The rules of a dialect for splitting SQL. */
interface SqlSyntax {

    SqlLexer lexer(SqlText sql);

    /** Returns whether a semicolon in parentheses ends a statement. */
    boolean splitsInParentheses();

    /**
     * Returns whether {@code token} starts a body of several statements.
     *
     * @param head the statement before {@code token}
     */
    boolean opensBody(StatementHead head, Token previous, Token token);

    /** Whether the lines after the line of this complete statement are its data. */
    boolean readsData(StatementHead head);

    /** What to call such a body when it does not end. */
    String bodyName();

    SqlStatement.Traits traits(StatementHead head);
}
