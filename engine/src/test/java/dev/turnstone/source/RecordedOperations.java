package dev.turnstone.source;

import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Records the statements and guard checks of a migration. The objects in {@code there} exist. */
public final class RecordedOperations implements Operations {

    private final String dialect;
    private final Set<String> there = new TreeSet<>();
    private final List<String> log = new ArrayList<>();

    public RecordedOperations(String dialect, String... there) {
        this.dialect = dialect;
        this.there.addAll(List.of(there));
    }

    /** Returns statements as {@code line: text} with joined lines, and checks as {@code ? object}. */
    public List<String> log() {
        return log;
    }

    private boolean answer(String object) {
        log.add("? " + object);
        return there.contains(object);
    }

    @Override
    public String dialect() {
        return dialect;
    }

    @Override
    public void execute(SqlText sql) {
        log.add(sql.start().line() + ": " + sql.text().strip().replaceAll("\n *", " "));
    }

    @Override
    public boolean hasTable(String name) {
        return answer("table " + name);
    }

    @Override
    public List<String> columns(String table) {
        log.add("? columns " + table);
        return there.stream()
                .filter(object -> object.startsWith("column " + table + "."))
                .map(object -> object.substring(("column " + table + ".").length()))
                .toList();
    }

    @Override
    public boolean hasIndex(String name) {
        return answer("index " + name);
    }

    @Override
    public Set<String> indexes(String table) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(String sql) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void run(Operation operation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void autocommit(Runnable body) {
        log.add("autocommit");
        body.run();
        log.add("end");
    }

    @Override
    public Connection connection() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Schema schema() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ForeignKey> foreignKeys(String table) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> constraints(String table) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasType(String name) {
        throw new UnsupportedOperationException();
    }
}
