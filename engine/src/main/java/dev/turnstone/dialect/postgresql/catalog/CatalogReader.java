package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Reads a scope with two queries: the kinds of object that are present, then all objects of these kinds. */
public final class CatalogReader {

    private final Connection connection;
    private final Scope scope;

    public CatalogReader(Connection connection, Scope scope) {
        this.connection = connection;
        this.scope = scope;
    }

    public Schema read() throws SQLException {
        return ReadRetry.run(scope, () -> SchemaAssembly.of(rows(CatalogQuery.Rows.ALL)));
    }

    /**
     * Reads the rows of all objects, from which a schema is assembled. The read can fail if another session drops an
     * object meanwhile.
     */
    public List<CatalogRow> rows(CatalogQuery.Rows kind) throws SQLException {
        CatalogQuery query = new CatalogQuery(connection.getMetaData().getDatabaseMajorVersion(), scope, kind);
        CatalogQueryRunner runner = new CatalogQueryRunner(scope.schema());
        if (scope.extent() == Scope.Extent.SERVER) {
            return runner.query(connection, query.server(), result -> CatalogQuery.rows(result, Set.of()));
        }
        Set<String> present = runner.query(connection, query.presence(), CatalogQuery::present);
        if (scope.extent() == Scope.Extent.SCHEMA && present.stream().noneMatch(CatalogReader::isInSchema)) {
            return List.of();
        }
        List<CatalogRow> rows =
                runner.query(connection, query.objects(present), result -> CatalogQuery.rows(result, present));
        refuseClosedSchema(rows);
        return rows;
    }

    private static boolean isInSchema(String what) {
        return !PresentObjectKinds.IN_THE_DATABASE.contains(what);
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
