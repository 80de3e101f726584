package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the state of the schema from the database. */
record ConnectedCatalog(Dialect dialect, Connection own, String schema) implements RecordingOperations.Catalog {

    private static final Set<ObjectKind> CONSTRAINTS = Set.of(
            ObjectKind.PRIMARY_KEY, ObjectKind.UNIQUE, ObjectKind.CHECK, ObjectKind.FOREIGN_KEY, ObjectKind.EXCLUSION);

    @Override
    public Schema read() throws SQLException {
        return dialect.read(own, Scope.schema(schema));
    }

    @Override
    public boolean hasTable(String name) throws SQLException {
        return dialect.hasTable(own, schema, name);
    }

    @Override
    public List<String> columns(String table) throws SQLException {
        return dialect.columns(own, schema, table);
    }

    @Override
    public Set<String> indexes(String table) throws SQLException {
        return dialect.indexes(own, schema, table);
    }

    @Override
    public List<ForeignKey> foreignKeys(String table) throws SQLException {
        return read().table(table).map(Table::foreignKeys).orElse(List.of());
    }

    @Override
    public Set<String> constraints(String table) throws SQLException {
        return read().objects().keySet().stream()
                .filter(id -> CONSTRAINTS.contains(id.kind()) && id.name().startsWith(table + "."))
                .map(id -> id.name().substring(table.length() + 1))
                .filter(name -> !name.startsWith("("))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public boolean hasType(String name) throws SQLException {
        Set<ObjectId> objects = read().objects().keySet();
        return Stream.of(ObjectKind.ENUM, ObjectKind.DOMAIN, ObjectKind.TYPE)
                .anyMatch(kind -> objects.contains(ObjectId.of(kind, name)));
    }

    @Override
    public Optional<String> version() throws SQLException {
        return Optional.of(own.getMetaData().getDatabaseProductVersion());
    }

    @Override
    public Connection connection() {
        return MigrationConnection.of(own);
    }

    @Override
    public boolean hasIndex(String name) throws SQLException {
        return dialect.hasIndex(own, schema, name);
    }

    @Override
    public boolean hasValidIndex(String name) throws SQLException {
        return dialect.hasValidIndex(own, schema, name);
    }
}
