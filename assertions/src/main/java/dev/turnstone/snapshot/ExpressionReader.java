package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.TableExpression;
import dev.turnstone.execution.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Returns the canonical form of expressions in a database, so that equal expressions can be recognized in different
 * notations.
 */
@FunctionalInterface
public interface ExpressionReader {

    /** Returns no canonical form. */
    ExpressionReader NONE = expressions -> Map.of();

    /** Returns the canonical form of each expression that the database can parse. */
    Map<TableExpression, String> canonical(Collection<TableExpression> expressions);

    /**
     * Returns a reader that uses a PostgreSQL database with the tables of the compared schema; tables without a schema
     * are those of the current schema. Nothing remains in the database. The reader returns no canonical form, and logs
     * the reason, if it may not create temporary tables or PL/pgSQL is missing. It returns none on SQLite, which stores
     * expressions unchanged.
     *
     * <p>The reader throws a {@link DatabaseException} if the database fails otherwise.
     */
    static ExpressionReader over(DataSource dataSource) {
        return expressions -> {
            try (Connection connection = dataSource.getConnection()) {
                return Dialects.of(connection).canonical(connection, expressions);
            } catch (SQLException e) {
                // No privilege, no such language, a read-only session, or a trigger that rejects the table.
                if (!List.of("42501", "42704", "25006", "P0001").contains(String.valueOf(e.getSQLState()))) {
                    throw new DatabaseException("read expressions", e);
                }
                Logger log = LoggerFactory.getLogger(ExpressionReader.class);
                log.info("Expressions are compared without their canonical form: {}", e.getMessage());
                return Map.of();
            }
        };
    }
}
