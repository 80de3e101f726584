package dev.turnstone.dialect.postgresql.render;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.Operation.OnMismatch;
import java.util.List;

/** Factory methods for the statements of an operation. */
final class PostgresStatements {

    private PostgresStatements() {}

    static String ifExists(OnMismatch ifGone) {
        return ifGone == OnMismatch.SKIP ? "IF EXISTS " : "";
    }

    static List<SqlStatement> one(String sql) {
        return List.of(statement(sql));
    }

    static SqlStatement statement(String sql) {
        return new SqlStatement(sql, Location.of("operation"), Traits.ORDINARY);
    }

    /** Creates a statement that the server accepts only outside a transaction. */
    static SqlStatement alone(String sql) {
        return new SqlStatement(sql, Location.of("operation"), Traits.NEEDS_AUTOCOMMIT);
    }
}
