package dev.turnstone.dialect;

import dev.turnstone.operation.Operation;
import dev.turnstone.schema.ColumnType;
import java.util.List;

/**
 * Renders operations and names as SQL of one kind of database.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface SqlRenderer {

    /** Quotes an identifier; quotes in it are doubled. */
    String quote(String identifier);

    /**
     * Renders an operation as statements.
     *
     * @param present only used if the statements depend on the current state of the database
     * @throws UnterminatedStatementException if SQL in the operation contains an unterminated quote, comment or
     *     body
     * @throws CannotRenderException if the dialect does not support the operation, or only with a connection
     */
    List<SqlStatement> render(Operation operation, Present present);

    /** Renders an operation as statements, without a connection. */
    default List<SqlStatement> render(Operation operation) {
        return render(operation, Present.UNKNOWN);
    }

    /**
     * Returns the portable type that this dialect renders as the given catalog type. A type without a portable
     * equivalent, such as an enum, is returned unchanged.
     */
    ColumnType portableType(ColumnType read);

    /** Returns the statement that begins a step's transaction, for scripts. */
    String beginStatement();

    /** Returns the program that runs scripts for this dialect. */
    ScriptClient client();

    /**
     * Returns an SQL expression for the text of a column's value that differs for different values.
     *
     * @param column the column, quoted
     */
    String exactText(String column);

    /**
     * Returns an SQL expression for a column's value that can be inserted again after it was read as an object of JDBC.
     *
     * @param column the column, quoted
     */
    default String insertableValue(String column) {
        return column;
    }

    /**
     * Returns an SQL expression for a point in time as text, in UTC with the form {@code 2026-01-31T09:15:00Z}.
     *
     * @param column a column of the type {@code TIMESTAMP WITH TIME ZONE}
     */
    String utcText(String column);

    /**
     * Returns a query for one row with one number: 1 if a table or a view exists, ignoring letter case, and 0 if not.
     *
     * @param view whether it is a view
     * @param name the plain name
     * @param schema the plain name of the schema; empty for the current one
     */
    String existsQuery(boolean view, String name, String schema);

    /** Returns the forms of statements that not all supported versions of the database accept, in order of version. */
    default List<VersionedForm> versionedForms() {
        return List.of();
    }
}
