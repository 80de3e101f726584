package dev.turnstone.scenario;

import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that a scenario needs: a tool with a history, a dialect, and where databases come from.
 *
 * @param tool migrates; it does not go below revisions that are not to be taken back
 * @param dialect the dialect to run on
 * @param databases makes databases that belong to the run
 * @param options what the user decided
 * @param counterpart the same on the other dialect, for a scenario that compares two; null where there is none
 * @param whenMade is told of each database before anything runs in it
 * @param isolation how far databases are kept apart at least; more where the history needs it
 */
public record ScenarioContext(
        MigrationTool tool,
        Dialect dialect,
        TestDatabases databases,
        ScenarioOptions options,
        @Nullable ScenarioContext counterpart,
        Consumer<TestDatabase> whenMade,
        Isolation isolation) {

    public ScenarioContext {
        tool = options.selected().on(tool);
    }

    /** Databases as far apart as the history needs. */
    public ScenarioContext(
            MigrationTool tool,
            Dialect dialect,
            TestDatabases databases,
            ScenarioOptions options,
            @Nullable ScenarioContext counterpart,
            Consumer<TestDatabase> whenMade) {
        this(tool, dialect, databases, options, counterpart, whenMade, Isolation.SCHEMA);
    }

    /** One dialect by itself, that tells nobody of its databases. */
    public ScenarioContext(MigrationTool tool, Dialect dialect, TestDatabases databases, ScenarioOptions options) {
        this(tool, dialect, databases, options, null, database -> {});
    }

    /** This context with the other dialect beside it. */
    public ScenarioContext beside(ScenarioContext other) {
        return new ScenarioContext(tool, dialect, databases, options, other, whenMade, isolation);
    }

    /** This context for the user's baseline too: where that names a schema, it gets a database of its own. */
    ScenarioContext forBaseline() {
        return baselineReachesBeyondSchema()
                ? new ScenarioContext(tool, dialect, databases, options, counterpart, whenMade, Isolation.DATABASE)
                : this;
    }

    private boolean baselineReachesBeyondSchema() {
        List<SqlStatement> baseline = baseline();
        refuseOutside(baseline);
        return baseline.stream().anyMatch(statement -> ReachesBeyondSchema.test(statement.text()));
    }

    /**
     * A new database with as much isolation as the history needs, empty but for what the user wants before it.
     *
     * @throws OutsideFileRefusedException before it is made, when a statement reaches outside of it
     * @throws BeforeException when that does not run
     * @throws TimeOutException when that takes too long
     * @throws MissingExtensionException when the server does not have an extension that the history creates
     */
    public TestDatabase newDatabase() {
        return newDatabase(isolation);
    }

    /**
     * As {@link #newDatabase()}, with at least that much isolation.
     *
     * @throws BeforeException when what the user wants before the history does not run
     * @throws MissingExtensionException when the server does not have an extension that the history creates
     */
    public TestDatabase newDatabase(Isolation atLeast) {
        List<SqlStatement> before =
                options.before(dialect.name()).map(dialect::split).orElse(List.of());
        List<SqlStatement> all = new ArrayList<>(before);
        all.addAll(tool.statements(dialect));
        refuseOutside(all);
        boolean reachesBeyond = all.stream().anyMatch(s -> ReachesBeyondSchema.test(s.text()));
        TestDatabase database = databases.create(dialect, reachesBeyond ? Isolation.DATABASE : atLeast);
        whenMade.accept(database);
        if (before.isEmpty() && !reachesBeyond) {
            return database;
        }
        Watch watch = new Watch();
        try (Connection connection = watch.over(database.dataSource().getConnection())) {
            if (dialect.name().equals("postgresql")) {
                Extensions.require(all, database, connection);
                database = Roles.dropped(all, database, connection);
            }
            TestDatabase made = database;
            return new TimeLimit(watch, options.timeout()).reading(made, () -> run(before, connection, made));
        } catch (SQLException e) {
            database.close();
            throw new DatabaseException("prepare " + database.describe(), e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void refuseOutside(List<SqlStatement> statements) {
        for (SqlStatement statement : statements) {
            dialect.reachesOutside(statement.text()).ifPresent(why -> {
                throw new OutsideFileRefusedException(statement, dialect.title(), why);
            });
        }
    }

    private List<SqlStatement> baseline() {
        try {
            return options.baseline(dialect.name()).map(dialect::split).orElse(List.of());
        } catch (TurnstoneException e) {
            return List.of(); // one that cannot be read is told of where it is run
        }
    }

    private TestDatabase run(List<SqlStatement> before, Connection connection, TestDatabase database) {
        for (SqlStatement statement : before) {
            try {
                dialect.execute(connection, statement);
            } catch (SQLException e) {
                throw new BeforeException(statement, dialect.title(), e);
            }
        }
        return database;
    }
}
