package dev.turnstone.execution.step;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Present;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Records the statements of a migration, and sends them when the migration reads the state of the database.
 *
 * <p>Such a read is a barrier: its result depends on all statements that were recorded before it.
 */
public final class RecordingOperations implements Operations {

    /** Receives the recorded statements. */
    public interface Outlet {
        void send(List<SqlStatement> statements);
    }

    /** Reads the state of the database. */
    public interface Catalog {
        Schema read() throws SQLException;

        /** Renders an operation; {@code present} is used if the result depends on the state of the database. */
        default List<SqlStatement> render(Dialect dialect, Operation operation, Present present) {
            return dialect.render(operation, present);
        }

        boolean hasTable(String name) throws SQLException;

        List<String> columns(String table) throws SQLException;

        Set<String> indexes(String table) throws SQLException;

        boolean hasIndex(String name) throws SQLException;

        default boolean hasValidIndex(String name) throws SQLException {
            return hasIndex(name);
        }

        List<ForeignKey> foreignKeys(String table) throws SQLException;

        Set<String> constraints(String table) throws SQLException;

        boolean hasType(String name) throws SQLException;

        /** Returns the version, as {@link Present#version()} does. */
        Optional<String> version() throws SQLException;

        /** Returns the connection for a migration. */
        Connection connection();
    }

    private final Dialect dialect;
    private final Catalog catalog;
    private final String origin;
    private final Outlet outlet;
    private final List<SqlStatement> recorded = new ArrayList<>();
    private boolean outside;

    public RecordingOperations(Dialect dialect, Connection connection, String schema, String origin, Outlet outlet) {
        this(dialect, new ConnectedCatalog(dialect, connection, schema), origin, outlet);
    }

    public RecordingOperations(Dialect dialect, Catalog catalog, String origin, Outlet outlet) {
        this.dialect = dialect;
        this.catalog = catalog;
        this.origin = origin;
        this.outlet = outlet;
    }

    /** Returns the statements that were recorded since the last barrier, and removes them. */
    public List<SqlStatement> takeRecorded() {
        List<SqlStatement> statements = List.copyOf(recorded);
        recorded.clear();
        return statements;
    }

    @Override
    public void run(Operation operation) {
        List<SqlStatement> statements = catalog.render(dialect, operation, new Present() {
            @Override
            public Optional<Schema> schema() {
                return Optional.of(RecordingOperations.this.schema());
            }

            @Override
            public boolean hasTable(String name) {
                return RecordingOperations.this.hasTable(name);
            }

            @Override
            public Optional<String> version() {
                try {
                    return catalog.version();
                } catch (SQLException e) {
                    throw new DatabaseException("read the version of the database", e);
                }
            }
        });
        boolean rebuilds = statements.stream().anyMatch(s -> s.traits() == Traits.REBUILDS);
        if (rebuilds) {
            // A rebuild is sent separately, because without a transaction around it, it gets its own.
            outlet.send(takeRecorded());
        }
        for (SqlStatement statement : statements) {
            recorded.add(new SqlStatement(
                    statement.text(),
                    statement.location().origin().isEmpty() ? Location.of(origin) : statement.location(),
                    withPlacement(statement.traits()),
                    statement.copyData()));
        }
        if (rebuilds) {
            outlet.send(takeRecorded());
        }
    }

    private Traits withPlacement(Traits traits) {
        boolean moves = outside && (traits == Traits.ORDINARY || traits == Traits.NEEDS_AUTOCOMMIT);
        return moves ? Traits.OUTSIDE : traits;
    }

    @Override
    public void autocommit(Runnable body) {
        boolean around = outside;
        outside = true;
        try {
            body.run();
        } finally {
            outside = around;
        }
    }

    @Override
    public String dialect() {
        return dialect.name();
    }

    @Override
    public void execute(String sql) {
        run(new Operation.Execute(new SqlText(sql, Location.of(origin))));
    }

    @Override
    public Connection connection() {
        return ask(catalog::connection);
    }

    @Override
    public Schema schema() {
        return ask(catalog::read);
    }

    @Override
    public boolean hasTable(String name) {
        return ask(() -> catalog.hasTable(name));
    }

    @Override
    public List<String> columns(String table) {
        return ask(() -> catalog.columns(table));
    }

    @Override
    public Set<String> indexes(String table) {
        return ask(() -> catalog.indexes(table));
    }

    @Override
    public boolean hasIndex(String name) {
        return ask(() -> catalog.hasIndex(name));
    }

    @Override
    public boolean hasValidIndex(String name) {
        return ask(() -> catalog.hasValidIndex(name));
    }

    @Override
    public List<ForeignKey> foreignKeys(String table) {
        return ask(() -> catalog.foreignKeys(table));
    }

    @Override
    public Set<String> constraints(String table) {
        return ask(() -> catalog.constraints(table));
    }

    @Override
    public boolean hasType(String name) {
        return ask(() -> catalog.hasType(name));
    }

    private interface Question<T> {
        T answer() throws SQLException;
    }

    private <T> T ask(Question<T> question) {
        outlet.send(takeRecorded());
        try {
            return question.answer();
        } catch (SQLException e) {
            throw new DatabaseException("read the catalog for a guard of " + origin, e);
        }
    }
}
