package dev.turnstone.scenario;

import dev.turnstone.boundary.AnalysedStatements;
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
        try {
            return isPostgresql() && AnalysedStatements.of(baselineStatements()).reachBeyondSchema();
        } catch (TurnstoneException e) {
            return false; // the check that runs the baseline reports why it cannot be read
        }
    }

    private List<SqlStatement> baselineStatements() {
        return options.baseline(dialect.name()).map(dialect::split).orElse(List.of());
    }

    private boolean isPostgresql() {
        return dialect.name().equals("postgresql");
    }

    /**
     * Makes sure that what the history runs may run on the server of the databases: its statements, those before it and those
     * of the baseline. Each new database asks for this as well. Connects to the server only if a statement is not known to
     * stay inside its schema.
     *
     * @throws dev.turnstone.boundary.OutsideChangeRefusedException when a statement may change what the run did not make
     * @throws UnseenRevisionException when a revision class hides what it runs and the server asks for proof
     * @throws OutsideFileRefusedException when a statement reaches a file outside the test database
     */
    public void requireAllowed() {
        List<SqlStatement> all = statementsWithBefore(beforeStatements());
        try {
            all.addAll(baselineStatements());
        } catch (TurnstoneException e) {
            // The check that runs the baseline reports why it cannot be read.
            org.slf4j.LoggerFactory.getLogger(ScenarioContext.class).debug("The baseline cannot be read.", e);
        }
        refuseOutside(all);
        if (isPostgresql()) {
            AnalysedStatements.of(all).requireAllowed(dialect, databases);
            UnseenRevisionException.requireNone(tool, dialect, databases);
        }
    }

    private List<SqlStatement> beforeStatements() {
        return options.before(dialect.name()).map(dialect::split).orElse(List.of());
    }

    private List<SqlStatement> statementsWithBefore(List<SqlStatement> before) {
        List<SqlStatement> all = new ArrayList<>(before);
        all.addAll(tool.statements(dialect));
        return all;
    }

    /**
     * A new database with as much isolation as the history needs, empty but for what the user wants before it.
     *
     * @throws OutsideFileRefusedException before it is made, when a statement reaches outside of it
     * @throws BeforeException when that does not run
     * @throws TimeOutException when that takes too long
     * @throws dev.turnstone.boundary.OutsideChangeRefusedException before a database is made, as {@link #requireAllowed()}
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
        requireAllowed();
        List<SqlStatement> before = beforeStatements();
        List<SqlStatement> all = isPostgresql() ? statementsWithBefore(before) : before;
        AnalysedStatements analysed = AnalysedStatements.of(isPostgresql() ? all : List.of());
        boolean reachesBeyond = analysed.reachBeyondSchema();
        if (analysed.changeCluster()) {
            databases.serialiseClusterChanges();
        }
        TestDatabase database = databases.create(dialect, reachesBeyond ? Isolation.DATABASE : atLeast);
        whenMade.accept(database);
        if (before.isEmpty() && !reachesBeyond) {
            return database;
        }
        Watch watch = new Watch();
        try (Connection connection = watch.over(database.dataSource().getConnection())) {
            if (isPostgresql()) {
                Extensions.require(all, database, connection);
                database = Roles.dropped(analysed.createdRoles(), database, connection);
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
