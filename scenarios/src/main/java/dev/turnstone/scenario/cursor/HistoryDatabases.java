package dev.turnstone.scenario.cursor;

import dev.turnstone.boundary.AnalysedStatements;
import dev.turnstone.boundary.OutsideFileRefusedException;
import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.scenario.ScenarioContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Creates the test databases of a history, after checking that the history may run there. Not thread-safe.
 *
 * <p>Each instance analyses the statements of the history once.
 */
public final class HistoryDatabases {

    private final ScenarioContext context;
    private final Dialect dialect;
    private @Nullable List<SqlStatement> statements;
    private @Nullable AnalysedStatements analysed;
    private boolean allowed;

    /** Creates an instance; no database is created before {@link #create()}. */
    public HistoryDatabases(ScenarioContext context) {
        this.context = context;
        this.dialect = context.dialect();
    }

    /**
     * Returns the context with one database per test if the user's baseline names objects outside its schema; otherwise
     * returns the given context.
     */
    public static ScenarioContext forBaseline(ScenarioContext context) {
        return new HistoryDatabases(context).baselineReachesBeyondSchema()
                ? new ScenarioContext(
                        context.tool(),
                        context.dialect(),
                        context.databases(),
                        context.options(),
                        context.counterpart(),
                        context.whenMade(),
                        Isolation.DATABASE)
                : context;
    }

    private boolean baselineReachesBeyondSchema() {
        try {
            return dialect.hasServerWideObjects()
                    && AnalysedStatements.of(baseline()).reachBeyondSchema();
        } catch (TurnstoneException e) {
            return false; // the check that runs the baseline reports why it cannot be read
        }
    }

    private List<SqlStatement> baseline() {
        return context.options().baseline(dialect.name()).map(dialect::split).orElse(List.of());
    }

    private List<SqlStatement> before() {
        return context.options().before(dialect.name()).map(dialect::split).orElse(List.of());
    }

    /** Returns the set-up statements that run before the history, followed by the statements of the history. */
    private List<SqlStatement> statements() {
        List<SqlStatement> known = statements;
        if (known == null) {
            known = new ArrayList<>(before());
            known.addAll(context.tool().statements(dialect));
            statements = known;
        }
        return known;
    }

    private AnalysedStatements analysed() {
        AnalysedStatements known = analysed;
        if (known == null) {
            known = AnalysedStatements.of(dialect.hasServerWideObjects() ? statements() : List.of());
            analysed = known;
        }
        return known;
    }

    /**
     * Checks that the history, its set-up statements and the baseline may run on the server of the databases.
     * {@link #create()} checks this as well. Connects to the server only if a statement may have an effect outside its
     * schema.
     *
     * @throws dev.turnstone.boundary.OutsideChangeRefusedException if a statement may change objects that the run did
     *     not create
     * @throws UnseenRevisionException if the statements of a revision class cannot be read without a database and only
     *     a database schema would separate the history from other data
     * @throws OutsideFileRefusedException if a statement uses a file outside the test database
     */
    public void requireAllowed() {
        if (allowed) {
            return;
        }
        List<SqlStatement> baseline = List.of();
        try {
            baseline = baseline();
        } catch (TurnstoneException e) {
            // The check that runs the baseline reports why it cannot be read.
            LoggerFactory.getLogger(HistoryDatabases.class).debug("The baseline cannot be read.", e);
        }
        refuseOutside(statements());
        refuseOutside(baseline);
        if (dialect.hasServerWideObjects()) {
            analysed().requireAllowed(dialect, context.databases());
            AnalysedStatements.of(baseline).requireAllowed(dialect, context.databases());
            UnseenRevisionException.requireNone(context.tool(), dialect, context.databases());
        }
        allowed = true;
    }

    private void refuseOutside(List<SqlStatement> all) {
        for (SqlStatement statement : all) {
            dialect.reachesOutside(statement.text()).ifPresent(why -> {
                throw new OutsideFileRefusedException(statement, dialect.title(), why);
            });
        }
    }

    /**
     * Creates a test database with the isolation that the history needs. It contains only what the user's set-up
     * statements create.
     *
     * @throws dev.turnstone.boundary.OutsideChangeRefusedException as in {@link #requireAllowed()}, before a database
     *     is created
     * @throws UnseenRevisionException as in {@link #requireAllowed()}, before a database is created
     * @throws OutsideFileRefusedException as in {@link #requireAllowed()}, before a database is created
     * @throws BeforeException if a set-up statement fails
     * @throws dev.turnstone.scenario.TimeOutException if the set-up statements exceed the timeout
     * @throws MissingExtensionException if the server does not provide an extension that the history creates
     * @throws DatabaseException if the connection to the new database fails
     */
    public TestDatabase create() {
        return create(context.isolation());
    }

    /**
     * Creates a test database as {@link #create()} does, with at least the given isolation.
     *
     * @param atLeast the minimum isolation; a history that has effects outside its schema always gets its own database
     */
    public TestDatabase create(Isolation atLeast) {
        requireAllowed();
        boolean reachesBeyond = analysed().reachBeyondSchema();
        if (analysed().changeCluster()) {
            context.databases().serialiseClusterChanges();
        }
        TestDatabase database = context.databases().create(dialect, reachesBeyond ? Isolation.DATABASE : atLeast);
        context.whenMade().accept(database);
        List<SqlStatement> before = before();
        if (before.isEmpty() && !reachesBeyond) {
            return database;
        }
        StatementWatch watch = new StatementWatch();
        try (Connection connection = watch.over(database.dataSource().getConnection())) {
            if (dialect.hasServerWideObjects()) {
                Extensions.require(statements(), database, connection);
                database = Roles.dropped(analysed().createdRoles(), database, connection);
            }
            TestDatabase created = database;
            return new TimeLimit(watch, context.options().timeout())
                    .reading(created, () -> run(before, connection, created));
        } catch (SQLException e) {
            database.close();
            throw new DatabaseException("prepare " + database.describe(), e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
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
