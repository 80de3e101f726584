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

    /** Returns the name of such a body for the message about an unterminated one. */
    String bodyName();

    SqlStatement.Traits traits(StatementHead head);
}
