package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Reads a scope: first what there is at all, then all of that at once. */
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
        return SteadyLook.at(scope, () -> {
            if (scope.extent() == Scope.Extent.SERVER) {
                return SchemaAssembly.of(
                        look.ask(connection, query.server(), answer -> CatalogQuery.rows(answer, Set.of())));
            }
            Set<String> present = look.ask(connection, query.presence(), CatalogQuery::present);
            if (scope.extent() == Scope.Extent.SCHEMA && present.stream().noneMatch(CatalogReader::isInSchema)) {
                return Schema.EMPTY;
            }
            List<CatalogRow> rows =
                    look.ask(connection, query.objects(present), answer -> CatalogQuery.rows(answer, present));
            refuseClosedSchema(rows);
            return SchemaAssembly.of(rows);
        });
    }

    private static boolean isInSchema(String what) {
        return !Presence.IN_THE_DATABASE.contains(what);
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
