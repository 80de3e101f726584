package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads a scope, in one round trip. */
final class CatalogReader {

    private final Connection connection;
    private final Scope scope;

    CatalogReader(Connection connection, Scope scope) {
        this.connection = connection;
        this.scope = scope;
    }

    Schema read() throws SQLException {
        CatalogQuery query = new CatalogQuery(connection.getMetaData().getDatabaseMajorVersion(), scope);
        CatalogLook look = new CatalogLook(scope.schema());
        String sql = query.sql();
        return SteadyLook.at(scope, () -> {
            List<CatalogRow> rows = look.ask(connection, sql, query::rows);
            refuseClosedSchema(rows);
            return SchemaAssembly.of(rows);
        });
    }

    private static void refuseClosedSchema(List<CatalogRow> rows) {
        for (CatalogRow row : rows) {
            String role = row.fact(".closed to");
            if (role != null) {
                throw new UnreadableObjectException(role, "USAGE", List.of("schema " + row.name()));
            }
        }
    }
}
