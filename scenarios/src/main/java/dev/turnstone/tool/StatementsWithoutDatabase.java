package dev.turnstone.tool;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.source.ConditionalMigration;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.MigrationScript;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Collects the statements that a revision would run on an empty database, without a database. Every guard reports that
 * no object exists.
 *
 * <p>The statements can be analysed before a database is chosen. They cannot be run.
 */
final class StatementsWithoutDatabase implements Operations {

    private final Dialect dialect;
    private final List<SqlStatement> statements = new ArrayList<>();
    private boolean complete = true;

    private StatementsWithoutDatabase(Dialect dialect) {
        this.dialect = dialect;
    }

    static List<SqlStatement> of(MigrationScript script, Dialect dialect) {
        return collected(script, dialect).statements;
    }

    /**
     * Returns whether the statements are the same for every database: the revision asked no question and did not fail.
     */
    static boolean areComplete(MigrationScript script, Dialect dialect) {
        return collected(script, dialect).complete;
    }

    private static StatementsWithoutDatabase collected(MigrationScript script, Dialect dialect) {
        StatementsWithoutDatabase operations = new StatementsWithoutDatabase(dialect);
        operations.record(() -> operations.addQuestions(script));
        operations.record(() -> script.migration().upgrade(operations));
        if (script.downgrade(dialect.name()) instanceof Downgrade.Defined) {
            operations.record(() -> script.migration().downgrade(operations));
        }
        return operations;
    }

    private void addQuestions(MigrationScript script) {
        if (script.migration() instanceof ConditionalMigration conditional) {
            conditional.preconditions(dialect.name()).ifPresent(preconditions -> preconditions
                    .checks()
                    .forEach(check -> statements.addAll(
                            dialect.split(new SqlText(check.sql().on(dialect.name()), check.location())))));
        }
    }

    private void record(Runnable direction) {
        try {
            direction.run();
        } catch (RuntimeException e) {
            complete = false;
            // A revision class may fail because the answers to its questions are not those of a real database.
            org.slf4j.LoggerFactory.getLogger(StatementsWithoutDatabase.class)
                    .debug("A revision could not be looked at beforehand: {}", e.toString());
        }
    }

    @Override
    public String dialect() {
        return dialect.name();
    }

    @Override
    public void run(Operation operation) {
        try {
            statements.addAll(dialect.render(operation));
        } catch (CannotRenderException e) {
            complete = false;
            // A rebuild of a SQLite table cannot be rendered without the table; the operations after it still can.
            org.slf4j.LoggerFactory.getLogger(StatementsWithoutDatabase.class)
                    .debug("An operation could not be looked at beforehand: {}", e.toString());
        }
    }

    @Override
    public Schema schema() {
        complete = false;
        return Schema.EMPTY;
    }

    @Override
    public void autocommit(Runnable body) {
        body.run();
    }

    @Override
    public Connection connection() {
        complete = false;
        throw new UnsupportedOperationException("There is no database yet.");
    }

    @Override
    public void execute(String sql) {
        execute(new SqlText(sql, Location.of("")));
    }

    @Override
    public boolean hasTable(String name) {
        complete = false;
        return false;
    }

    @Override
    public List<String> columns(String table) {
        complete = false;
        return List.of();
    }

    @Override
    public Set<String> indexes(String table) {
        complete = false;
        return Set.of();
    }

    @Override
    public boolean hasIndex(String name) {
        complete = false;
        return false;
    }

    @Override
    public List<ForeignKey> foreignKeys(String table) {
        complete = false;
        return List.of();
    }

    @Override
    public Set<String> constraints(String table) {
        complete = false;
        return Set.of();
    }

    @Override
    public boolean hasType(String name) {
        complete = false;
        return false;
    }
}
