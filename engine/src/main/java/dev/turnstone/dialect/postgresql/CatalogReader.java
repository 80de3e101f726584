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
        return SteadyLook.at(scope, () -> SchemaAssembly.of(look(CatalogQuery.Rows.ALL)));
    }

    /** The rows of all objects, from which a schema is put together; another session can spoil the look. */
    List<CatalogRow> look(CatalogQuery.Rows kind) throws SQLException {
        CatalogQuery query = new CatalogQuery(connection.getMetaData().getDatabaseMajorVersion(), scope, kind);
        CatalogLook look = new CatalogLook(scope.schema());
        if (scope.extent() == Scope.Extent.SERVER) {
            return look.ask(connection, query.server(), answer -> CatalogQuery.rows(answer, Set.of()));
        }
        Set<String> present = look.ask(connection, query.presence(), CatalogQuery::present);
        if (scope.extent() == Scope.Extent.SCHEMA && present.stream().noneMatch(CatalogReader::isInSchema)) {
            return List.of();
        }
        List<CatalogRow> rows =
                look.ask(connection, query.objects(present), answer -> CatalogQuery.rows(answer, present));
        refuseClosedSchema(rows);
        return rows;
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
