package dev.turnstone.operation;

import dev.turnstone.schema.ConstraintNaming;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.util.List;
import java.util.Set;

/** Operations under another naming convention; all else is that of the operations within. */
record NamingOperations(Operations within, ConstraintNaming naming) implements Operations {

    @Override
    public String dialect() {
        return within.dialect();
    }

    @Override
    public void run(Operation operation) {
        within.run(operation);
    }

    @Override
    public void execute(String sql) {
        within.execute(sql);
    }

    @Override
    public void autocommit(Runnable body) {
        within.autocommit(body);
    }

    @Override
    public Connection connection() {
        return within.connection();
    }

    @Override
    public Schema schema() {
        return within.schema();
    }

    @Override
    public boolean hasTable(String name) {
        return within.hasTable(name);
    }

    @Override
    public List<String> columns(String table) {
        return within.columns(table);
    }

    @Override
    public Set<String> indexes(String table) {
        return within.indexes(table);
    }

    @Override
    public boolean hasIndex(String name) {
        return within.hasIndex(name);
    }

    @Override
    public boolean hasValidIndex(String name) {
        return within.hasValidIndex(name);
    }

    @Override
    public List<ForeignKey> foreignKeys(String table) {
        return within.foreignKeys(table);
    }

    @Override
    public Set<String> constraints(String table) {
        return within.constraints(table);
    }

    @Override
    public boolean hasType(String name) {
        return within.hasType(name);
    }
}
