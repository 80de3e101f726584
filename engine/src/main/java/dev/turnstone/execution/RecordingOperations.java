package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Records what a migration does as statements, and sends them on when the migration asks a question.
 *
 * <p>The question is a barrier: it can only be answered when all that was recorded before it has run.
 */
final class RecordingOperations implements Operations {

    /** Where recorded statements go. */
    interface Outlet {
        void send(List<SqlStatement> statements);
    }

    private final Dialect dialect;
    private final Connection connection;
    private final String schema;
    private final String origin;
    private final Outlet outlet;
    private final List<SqlStatement> recorded = new ArrayList<>();

    RecordingOperations(Dialect dialect, Connection connection, String schema, String origin, Outlet outlet) {
        this.dialect = dialect;
        this.connection = connection;
        this.schema = schema;
        this.origin = origin;
        this.outlet = outlet;
    }

    /** What was recorded since the last barrier. */
    List<SqlStatement> takeRecorded() {
        List<SqlStatement> statements = List.copyOf(recorded);
        recorded.clear();
        return statements;
    }

    @Override
    public void run(Operation operation) {
        boolean rebuilds = false;
        for (SqlStatement statement : dialect.render(operation, () -> Optional.of(schema()))) {
            recorded.add(
                    statement.location().origin().isEmpty()
                            ? new SqlStatement(statement.text(), Location.of(origin), statement.traits())
                            : statement);
            rebuilds |= statement.traits() == SqlStatement.Traits.REBUILDS;
        }
        if (rebuilds) {
            // On its own, because outside of a transaction it gets one for itself.
            outlet.send(takeRecorded());
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
    public Schema schema() {
        return ask(() -> dialect.read(connection, Scope.schema(schema)));
    }

    @Override
    public boolean hasTable(String name) {
        return ask(() -> dialect.hasTable(connection, schema, name));
    }

    @Override
    public List<String> columns(String table) {
        return ask(() -> dialect.columns(connection, schema, table));
    }

    @Override
    public Set<String> indexes(String table) {
        return ask(() -> dialect.indexes(connection, schema, table));
    }

    @Override
    public boolean hasIndex(String name) {
        return ask(() -> dialect.hasIndex(connection, schema, name));
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
