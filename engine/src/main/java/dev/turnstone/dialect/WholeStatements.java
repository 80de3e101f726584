package dev.turnstone.dialect;

import dev.turnstone.operation.Operation;
import dev.turnstone.operation.SqlText;
import java.util.List;

/**
 * Verifies that each rendered text is exactly one statement, whatever names and expressions it contains. Rendering
 * checks each part separately; this is a second check of the result.
 */
public final class WholeStatements {

    private WholeStatements() {}

    /**
     * Returns the statements of an operation unchanged, after the check.
     *
     * @throws CannotRenderException if a name or an expression of the author extends beyond its statement
     */
    public static List<SqlStatement> of(Dialect dialect, Operation operation, List<SqlStatement> statements) {
        boolean containsAuthorSql = operation instanceof Operation.Execute || operation instanceof Operation.Custom;
        if (!containsAuthorSql) {
            statements.forEach(statement -> check(dialect, statement));
        }
        return statements;
    }

    private static void check(Dialect dialect, SqlStatement statement) {
        String text = statement.text();
        if (text.indexOf('\0') >= 0) {
            throw rejected(dialect, text, "it contains a NUL character");
        }
        int count;
        try {
            count = dialect.split(new SqlText(text, statement.location())).size();
        } catch (UnterminatedStatementException e) {
            throw rejected(dialect, text, "it contains an unterminated quote, comment or body");
        }
        if (count != 1) {
            throw rejected(dialect, text, "it contains " + count + " statements");
        }
    }

    private static CannotRenderException rejected(Dialect dialect, String text, String reason) {
        return new CannotRenderException(
                dialect.title(),
                "run \"" + text.replace('\0', '␀') + "\": " + reason,
                "Correct the names and expressions in the migration, or use execute.");
    }
}
