package dev.turnstone.operation;

import dev.turnstone.schema.ConstraintNaming;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.util.List;
import java.util.Set;

/** Operations with another naming convention. All other calls are delegated. */
record NamingOperations(Operations delegate, ConstraintNaming naming) implements Operations {

    @Override
    public String dialect() {
        return delegate.dialect();
    }

    @Override
    public void run(Operation operation) {
        delegate.run(operation);
    }

    @Override
    public void execute(String sql) {
        delegate.execute(sql);
    }

    @Override
    public void autocommit(Runnable body) {
        delegate.autocommit(body);
    }

    @Override
    public Connection connection() {
        return delegate.connection();
    }

    @Override
    public Schema schema() {
        return delegate.schema();
    }

    @Override
    public boolean hasTable(String name) {
        return delegate.hasTable(name);
    }

    @Override
    public List<String> columns(String table) {
        return delegate.columns(table);
    }

    @Override
    public Set<String> indexes(String table) {
        return delegate.indexes(table);
    }

    @Override
    public boolean hasIndex(String name) {
        return delegate.hasIndex(name);
    }

    @Override
    public boolean hasValidIndex(String name) {
        return delegate.hasValidIndex(name);
    }

    @Override
    public List<ForeignKey> foreignKeys(String table) {
        return delegate.foreignKeys(table);
    }

    @Override
    public Set<String> constraints(String table) {
        return delegate.constraints(table);
    }

    @Override
    public boolean hasType(String name) {
        return delegate.hasType(name);
    }
}
