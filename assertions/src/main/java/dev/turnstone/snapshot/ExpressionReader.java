package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
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

/** Tells how a database spells expressions, so that two spellings of one can be told from two expressions. */
@FunctionalInterface
public interface ExpressionReader {

    /** Reads none. */
    ExpressionReader NONE = expressions -> Map.of();

    /** How the database spells those expressions that it can read. */
    Map<TableExpression, String> canonical(Collection<TableExpression> expressions);

    /**
     * Has a PostgreSQL database read them, one with the tables of the schema that is compared: the current schema's, where
     * a table's name has none. Nothing stays in it. It reads none where it lets us make no temporary tables or has no
     * PL/pgSQL, which the log says, and none on SQLite, which keeps expressions as they are written.
     *
     * <p>The reader throws a {@link DatabaseException} where the database fails otherwise.
     */
    static ExpressionReader over(DataSource dataSource) {
        return expressions -> {
            try (Connection connection = dataSource.getConnection()) {
                return Dialect.of(connection).canonical(connection, expressions);
            } catch (SQLException e) {
                // No privilege, no such language, a read-only session, or a trigger that refuses the table.
                if (!List.of("42501", "42704", "25006", "P0001").contains(String.valueOf(e.getSQLState()))) {
                    throw new DatabaseException("read expressions", e);
                }
                Logger log = LoggerFactory.getLogger(ExpressionReader.class);
                log.info("Expressions are compared as they are spelled: {}", e.getMessage());
                return Map.of();
            }
        };
    }
}
