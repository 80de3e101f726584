package dev.turnstone.dialect;

import dev.turnstone.operation.SqlText;

/** What splitting SQL needs to know about a dialect. */
interface SqlSyntax {

    SqlLexer lexer(SqlText sql);

    /** Whether a semicolon in parentheses ends a statement. */
    boolean splitsInParentheses();

    /**
     * Whether a body of several statements begins with {@code token}.
     *
     * @param head the statement up to and without {@code token}
     */
    boolean opensBody(StatementHead head, Token previous, Token token);

    /** Whether the lines after the line of this complete statement are its data. */
    boolean readsData(StatementHead head);

    /** What to call such a body when it does not end. */
    String bodyName();

    SqlStatement.Traits traits(StatementHead head);
}
