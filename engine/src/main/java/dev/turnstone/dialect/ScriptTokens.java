package dev.turnstone.dialect;

import dev.turnstone.operation.SqlText;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a script, with the positions at which its statements end.
 *
 * <p>A semicolon ends a statement unless it is in a body of several statements or, in PostgreSQL, in
 * parentheses. After a statement that reads data, the lines after its own line are one token of kind {@code COPY_DATA}.
 * Not thread-safe.
 */
final class ScriptTokens {

    private final SqlSyntax syntax;
    private final SqlLexer lexer;
    private final Deque<Token> openParentheses = new ArrayDeque<>();

    private StatementHead head = new StatementHead();
    private @Nullable Token openBody;
    private Token previous = new Token(Token.Kind.END, 0, 0, "");
    private Token bodyStart = previous;
    private boolean ended;

    ScriptTokens(SqlSyntax syntax, SqlText sql) {
        this.syntax = syntax;
        this.lexer = syntax.lexer(sql);
    }

    /**
     * Returns the next token, including comments.
     *
     * @throws UnterminatedStatementException if the token is not terminated
     */
    Token next() {
        if (ended) {
            head = new StatementHead();
            ended = false;
        }
        Token token = lexer.next();
        if (token.isPartOfStatement()) {
            follow(token);
            previous = token;
        }
        return token;
    }

    /** Returns whether the last token was the semicolon that ends the statement of {@link #head()}, which can be empty. */
    boolean endsStatement() {
        return ended;
    }

    /** Returns the statement up to the last token, without the semicolon that ends it. */
    StatementHead head() {
        return head;
    }

    /** Returns the innermost parenthesis or body that is open after the last token, or null. */
    @Nullable
    Unclosed unclosed() {
        if (openBody != null) {
            return new Unclosed(syntax.bodyName(), bodyStart.start());
        }
        Token parenthesis = openParentheses.peek();
        return parenthesis == null ? null : new Unclosed("parenthesis", parenthesis.start());
    }

    /**
     * A part of a statement that is not closed.
     *
     * @param what the name of the part in messages
     * @param start the index of its first character
     */
    record Unclosed(String what, int start) {}

    private void follow(Token token) {
        if (token.is(";") && openBody == null && openParentheses.isEmpty()) {
            ended = true;
            if (syntax.readsData(head)) {
                lexer.expectData();
            }
            return;
        }
        followParentheses(token);
        followBody(token);
        head.add(token, openParentheses.isEmpty());
    }

    private void followParentheses(Token token) {
        if (syntax.splitsInParentheses()) {
            return;
        }
        if (token.is("(")) {
            openParentheses.push(token);
        } else if (token.is(")")) {
            openParentheses.poll();
        }
    }

    private void followBody(Token token) {
        if (openBody == null) {
            if (openParentheses.isEmpty() && syntax.opensBody(head, previous, token)) {
                openBody = token;
                bodyStart = previous.is("BEGIN") ? previous : token;
            }
        } else if (token.is("END") && (previous.is(";") || previous.equals(openBody))) {
            // No statement in a body begins with END, so this is not the END of a CASE.
            openBody = null;
        }
    }
}
