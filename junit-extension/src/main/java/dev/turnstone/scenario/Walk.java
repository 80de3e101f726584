package dev.turnstone.scenario;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A test database on its way through a history, one revision after the other.
 *
 * <p>It knows how far it is. When it was left in a state that the history does not lead to, the next {@link #bringTo}
 * begins again with a new database. Not thread-safe.
 */
final class Walk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Walk.class);

    private final ScenarioContext context;
    private final List<Revision> revisions;
    private @Nullable TestDatabase database;
    private @Nullable ToolSession session;
    private @Nullable Connection reader;
    private final Watch watch = new Watch();

    /** What was cut once is not tried on the way to others. */
    private final Set<RevisionId> hanging = new HashSet<>();

    private final Set<RevisionId> failed = new HashSet<>();

    private int applied;
    private boolean astray;
    private boolean timedOut;
    private final UnaryOperator<TestDatabase> asSeenByTool;

    Walk(ScenarioContext context) {
        this(context, UnaryOperator.identity());
    }

    /**
     * @param asSeenByTool gives the tool another view of each database
     */
    Walk(ScenarioContext context, UnaryOperator<TestDatabase> asSeenByTool) {
        this.context = context;
        this.revisions = context.tool().graph().revisions();
        this.asSeenByTool = asSeenByTool;
    }

    /** A walk that is past {@code count} revisions already, on a database that it owns from now on. */
    static Walk from(ScenarioContext context, TestDatabase database, int count) {
        Walk walk = new Walk(context);
        walk.begin(database);
        walk.applied = count;
        return walk;
    }

    /** All revisions, in the order of the walk. */
    List<Revision> revisions() {
        return revisions;
    }

    /**
     * Makes sure that exactly the first {@code count} revisions are applied.
     *
     * <p>Where one of them fails, it is noted as applied and the walk goes on: its own check says so.
     */
    void bringTo(int count) {
        if (mustRestart(count)) {
            restart();
        }
        while (applied < count) {
            RevisionId next = revisions.get(applied).id();
            if (hanging.contains(next)) {
                session().mark(next);
                applied++;
            } else {
                up(next);
            }
            if (astray) {
                restart();
            }
        }
    }

    /** Whether {@link #bringTo} would have to begin with a new database. */
    boolean mustRestart(int count) {
        return database == null || astray || applied > count;
    }

    /** How many revisions the walk is past. */
    int applied() {
        return applied;
    }

    private void restart() {
        close();
        astray = false;
        timedOut = false;
        applied = 0;
        begin(context.newDatabase());
    }

    private void begin(TestDatabase fresh) {
        database = fresh;
        session = context.tool().on(watch.over(asSeenByTool.apply(fresh)));
        try {
            reader = fresh.dataSource().getConnection();
        } catch (SQLException e) {
            throw new DatabaseException("connect to " + fresh.describe(), e);
        }
    }

    /** Says that the database is no longer where the history would have led it. */
    void goneAstray() {
        astray = true;
    }

    /** Applies the next revision. Whether it succeeds or not, the walk is then past it. */
    Attempt up(RevisionId id) {
        if (timedOut) {
            bringTo(applied);
        }
        Attempt attempt = attempt(s -> s.upgradeOne(id));
        if (attempt.failure() != null) {
            failed.add(id);
        }
        if (attempt.failure() instanceof TimeOutException) {
            hanging.add(id);
        } else if (attempt.failure() != null) {
            session().mark(id);
        }
        applied++;
        return attempt;
    }

    /** Applies the next revision. Where it fails, the walk stays before it; where that left something, it is astray. */
    Attempt tryUp(RevisionId id) {
        Attempt attempt = attempt(s -> s.upgradeOne(id));
        if (attempt.failure() instanceof TimeOutException) {
            hanging.add(id);
        } else if (attempt.failure() == null) {
            applied++;
        } else if (attempt.halfDone()) {
            astray = true;
        }
        return attempt;
    }

    /**
     * What an attempt came to.
     *
     * @param statements the statements that ran; none where it failed
     * @param failure why it failed, or null
     */
    record Attempt(List<SqlStatement> statements, @Nullable TurnstoneException failure) {

        /** Whether a failure may have left something behind. */
        boolean halfDone() {
            return failure != null && !(failure instanceof StatementFailedException failed && failed.rolledBack());
        }
    }

    private interface Command {
        List<SqlStatement> run(ToolSession session);
    }

    private Attempt attempt(Command command) {
        try (Deadline deadline =
                new Deadline(watch, database(), context.options().timeout())) {
            Attempt attempt = attemptInTime(command, deadline);
            timedOut |= attempt.failure() instanceof TimeOutException;
            astray |= timedOut;
            return attempt;
        }
    }

    private Attempt attemptInTime(Command command, Deadline deadline) {
        try {
            return new Attempt(command.run(session()), null);
        } catch (RuntimeException e) {
            Deadline.Hanging hung = deadline.hanging();
            if (hung != null) {
                return new Attempt(List.of(), timeOut(hung, e));
            }
            if (e instanceof DatabaseException) {
                throw e;
            }
            return new Attempt(List.of(), e instanceof TurnstoneException known ? known : new RevisionCodeException(e));
        }
    }

    /**
     * Tries to apply the next revision on a connection that is cut, and connects anew. The walk does not count the
     * revision.
     */
    void cut(RevisionId id) {
        try {
            session().upgradeOne(id);
        } catch (TurnstoneException e) {
            LOG.debug("Cut off: {}", e.getMessage());
        }
        try {
            session().close();
        } catch (DatabaseException e) {
            LOG.debug("A connection that was cut: {}", e.getMessage());
        }
        session = context.tool().on(watch.over(asSeenByTool.apply(database())));
    }

    /** Applies the next revision, as the user's command would, unless the database says that it is applied. */
    Attempt upUnlessThere(RevisionId id) {
        Attempt attempt = context.tool().graph().ancestorsOf(current()).contains(id)
                ? new Attempt(List.of(), null)
                : attempt(s -> s.upgradeOne(id));
        applied++;
        return attempt;
    }

    /** Takes back the revision that was applied last, and counts it as not applied. */
    Attempt back(RevisionId id) {
        Attempt attempt = down(id);
        applied--;
        return attempt;
    }

    /** The heads of what is applied. */
    Set<RevisionId> current() {
        return session().current();
    }

    /** Takes the revision back that was applied last; the walk still counts it until it is applied again. */
    Attempt down(RevisionId id) {
        return attempt(s -> s.downgradeOne(id));
    }

    /** Applies a revision again after {@link #down}. */
    Attempt upAgain(RevisionId id) {
        return attempt(s -> s.upgradeOne(id));
    }

    /** Runs a body once more in place. */
    Attempt body(RevisionId id, Direction direction) {
        return attempt(s -> s.runBody(id, direction));
    }

    /** Runs the user's command {@code upgrade TARGET}. */
    Attempt upgrade(String target) {
        return attempt(s -> s.upgrade(target));
    }

    /** Sets the version without running anything. */
    Attempt stamp(String target) {
        return attempt(s -> {
            s.stamp(target);
            return List.of();
        });
    }

    /** The database as it is now. */
    State state() {
        TestDatabase db = Objects.requireNonNull(database);
        Connection connection = Objects.requireNonNull(reader);
        Dialect dialect = context.dialect();
        try {
            return State.of(dialect.read(connection, db.scope()), dialect.readRows(connection, db.scope()));
        } catch (SQLException e) {
            throw new DatabaseException("read the schema of " + db.describe(), e);
        }
    }

    /** Something to do on a connection. */
    interface Reading<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Does something on the walk's own connection, which no revision runs on. */
    <T> T reading(Reading<T> reading) {
        try {
            return reading.with(Objects.requireNonNull(reader));
        } catch (SQLException e) {
            throw new DatabaseException(
                    "read or fill the tables of " + database().describe(), e);
        }
    }

    /** Whether an upgrade on the way has failed, so that what is there is not what the history leads to. */
    boolean hasFailed() {
        return !failed.isEmpty();
    }

    /**
     * Runs statements one after the other on a connection of their own, without the tool, and none after a failure.
     *
     * @throws ScriptFailedException when the database refuses one
     * @throws TimeOutException when they take too long
     */
    void run(List<SqlStatement> statements) {
        TestDatabase watched = watch.over(database());
        try (Deadline deadline =
                        new Deadline(watch, database(), context.options().timeout());
                Connection connection = watched.dataSource().getConnection()) {
            for (SqlStatement statement : statements) {
                try {
                    context.dialect().execute(connection, statement);
                } catch (SQLException e) {
                    Deadline.Hanging hung = deadline.hanging();
                    throw hung == null ? new ScriptFailedException(statement, e) : timeOut(hung, e);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException("connect to " + database().describe(), e);
        }
    }

    /**
     * Lets the user's code look at the database, on a connection of its own; what that does is rolled back.
     *
     * @return what the code throws, or a {@link TimeOutException}; null where it has nothing against the database
     */
    @Nullable
    Throwable look(DataAssertion.Code code) {
        TestDatabase watched = watch.over(database());
        try (Deadline deadline =
                        new Deadline(watch, database(), context.options().timeout());
                Connection connection = watched.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                code.look(connection);
                return null;
            } catch (Exception | AssertionError e) {
                Deadline.Hanging hung = deadline.hanging();
                return hung == null ? e : timeOut(hung, e);
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException("connect to " + database().describe(), e);
        }
    }

    private TimeOutException timeOut(Deadline.Hanging hung, Throwable cause) {
        return new TimeOutException(
                context.options().timeout(), context.dialect().title(), hung.statement(), hung.waits(), cause);
    }

    /** Notes that the next revision was applied by other means than the walk's tool. */
    void passed() {
        applied++;
    }

    /** The walk's database. */
    TestDatabase database() {
        return Objects.requireNonNull(database);
    }

    private ToolSession session() {
        return Objects.requireNonNull(session);
    }

    @Override
    public void close() {
        try (TestDatabase db = database;
                ToolSession s = session;
                Connection r = reader) {
            database = null;
            session = null;
            reader = null;
        } catch (SQLException e) {
            throw new DatabaseException("close the connection to the test database", e);
        }
    }
}
