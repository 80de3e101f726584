package dev.turnstone.dialect;

import dev.turnstone.operation.SqlText;
import java.util.List;
import java.util.Optional;

/**
 * Splits SQL into statements and reads facts from their text. No method needs a connection.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface SqlSplitter {

    /** Returns the splitter for the lexical rules of the database. */
    StatementSplitter splitter();

    /**
     * Splits SQL into its statements.
     *
     * @throws UnterminatedStatementException if a quote, comment or body is not terminated
     */
    default List<SqlStatement> split(SqlText sql) {
        return splitter().split(sql);
    }

    /**
     * Returns whether a statement can be sent together with others. The result is false if the driver would split them
     * incorrectly.
     */
    boolean travelsWithOthers(SqlStatement statement);

    /** Returns whether a statement may change one of these settings or create a temporary object. */
    boolean mayChangeSettings(String statement);

    /**
     * Why a text reaches outside the database it is sent to, as far as the text itself shows that: another file, or the
     * settings of the whole process. It is asked before a history under test runs.
     *
     * @param sql one statement, or several with a semicolon between them
     * @return a clause such as {@code it attaches the file 'other.db'}; empty if nothing in the text shows it
     */
    default Optional<String> reachesOutside(String sql) {
        return Optional.empty();
    }
}
