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
        boolean authorsOwn = operation instanceof Operation.Execute || operation instanceof Operation.Custom;
        if (!authorsOwn) {
            statements.forEach(statement -> check(dialect, statement));
        }
        return statements;
    }

    private static void check(Dialect dialect, SqlStatement statement) {
        String text = statement.text();
        if (text.indexOf('\0') >= 0) {
            throw refused(dialect, text, "it holds a NUL");
        }
        int count;
        try {
            count = dialect.split(new SqlText(text, statement.location())).size();
        } catch (UnterminatedStatementException e) {
            throw refused(dialect, text, "a quote, a comment or a body in it has no end");
        }
        if (count != 1) {
            throw refused(dialect, text, "it would be " + count + " statements");
        }
    }

    private static CannotRenderException refused(Dialect dialect, String text, String why) {
        return new CannotRenderException(
                dialect.title(),
                "run \"" + text.replace('\0', '␀') + "\": " + why,
                "Correct the names and expressions in the migration, or use execute.");
    }
}
