package dev.turnstone.scenario.cursor;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.ConnectionLostException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.PreconditionFailedException;
import dev.turnstone.execution.StatementFailedException;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.DataAssertion;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.TimeOutException;
import dev.turnstone.scenario.ToolSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A test database on its way through a history, one revision after the other.
 *
 * <p>It knows how far it is. When it was left in a state that the history does not lead to, the next {@link #moveTo}
 * begins again with a new database. Not thread-safe.
 */
public final class MigrationCursor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationCursor.class);

    private final ScenarioContext context;
    private final HistoryDatabases databases;
    private final List<Revision> revisions;
    private @Nullable TestDatabase database;
    private @Nullable ToolSession session;
    private @Nullable Observation observation;
    private boolean inFull;
    private @Nullable String contradiction;
    private int readCount;
    private final StatementWatch watch = new StatementWatch();
    private final TimeLimit limit;
    private final StatementWatch reads = new StatementWatch();
    private final TimeLimit readLimit;

    /** What was cut once is not tried on the way to others. */
    private final Set<RevisionId> hanging = new HashSet<>();

    private final Set<RevisionId> failed = new HashSet<>();

    private int applied;
    private State state = State.AT_REVISION;
    private boolean otherRows;
    private final UnaryOperator<TestDatabase> asSeenByTool;

    /** How the database relates to the history. */
    private enum State {
        /** The database is where the history leads to. */
        AT_REVISION,
        /** The database is in a state that the history does not lead to. The next move needs a new database. */
        DIVERGED,
        /** The session was ended and cannot be used. The next move needs a new database. */
        DEAD
    }

    public MigrationCursor(ScenarioContext context) {
        this(context, UnaryOperator.identity());
    }

    /**
     * @param asSeenByTool gives the tool another view of each database
     */
    public MigrationCursor(ScenarioContext context, UnaryOperator<TestDatabase> asSeenByTool) {
        this.context = context;
        this.databases = new HistoryDatabases(context);
        this.revisions = context.tool().graph().revisions();
        this.asSeenByTool = asSeenByTool;
        this.limit = new TimeLimit(watch, context.options().timeout());
        this.readLimit =
                new TimeLimit(reads, TimeLimit.forReads(context.options().timeout()));
    }

    /** A walk that is past {@code count} revisions already, on a database that it owns from now on. */
    public static MigrationCursor from(ScenarioContext context, TestDatabase database, int count) {
        MigrationCursor walk = new MigrationCursor(context);
        walk.begin(database);
        walk.applied = count;
        return walk;
    }

    /** All revisions, in the order of the walk. */
    public List<Revision> revisions() {
        return revisions;
    }

    /**
     * Makes sure that exactly the first {@code count} revisions are applied.
     *
     * <p>Where one of them fails, it is noted as applied and the walk goes on: its own check says so.
     */
    public void moveTo(int count) {
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
            if (state != State.AT_REVISION) {
                restart();
            }
        }
    }

    /** Returns whether {@link #moveTo} needs a new database. */
    public boolean mustRestart(int count) {
        return database == null || state != State.AT_REVISION || applied > count;
    }

    /** Returns the number of applied revisions. */
    public int applied() {
        return applied;
    }

    /**
     * Begins with a new database in which something is before the tool comes to it.
     *
     * @param preparation puts it there, while the walk has no connection
     */
    public void beginAfter(Consumer<TestDatabase> preparation) {
        leave();
        TestDatabase fresh = databases.create();
        database = fresh;
        markDiverged();
        preparation.accept(fresh);
        state = State.AT_REVISION;
        begin(fresh);
    }

    private void restart() {
        leave();
        begin(databases.create());
    }

    private void leave() {
        if (state != State.DEAD) {
            contradiction();
        }
        release();
        state = State.AT_REVISION;
        otherRows = false;
        applied = 0;
    }

    /**
     * Gives its connections back, once what was seen is proven; the database stays as it is until the walk ends or begins
     * again. A server may have few connections left.
     */
    public void rest() {
        contradiction();
        readCount = readCount();
        try (ToolSession s = session;
                Observation o = observation) {
            session = null;
            observation = null;
            markDiverged();
        } catch (SQLException e) {
            throw new DatabaseException("close the connection to the test database", e);
        }
    }

    private void begin(TestDatabase fresh) {
        database = fresh;
        session = context.tool().on(watch.over(asSeenByTool.apply(fresh)));
        try {
            observation = readLimit.reading(fresh, () -> new Observation(fresh, inFull, reads));
        } catch (SQLException e) {
            throw new DatabaseException("connect to " + fresh.describe(), e);
        }
    }

    /** Why the last command left out a body because of its precondition; nothing where it ran. */
    public Optional<String> passedOver() {
        return session().passedOver();
    }

    /** Records that the database is in a state that the history does not lead to. */
    public void markDiverged() {
        if (state == State.AT_REVISION) {
            state = State.DIVERGED;
        }
    }

    /**
     * Records the state after a revision was applied, reverted and applied again. The cursor has diverged if the schema or
     * a row count differs. If only values differ (numbers from a sequence, the time), {@link #hasOtherRows} returns true.
     *
     * @param now the state after the last command
     * @param before the state after the revision was applied for the first time
     */
    public void arrivedAt(DatabaseState now, DatabaseState before) {
        if (!before.differencesTo(now).isEmpty()) {
            if (before.isLike(now)) {
                otherRows = true;
            } else {
                markDiverged();
            }
        }
    }

    /** Whether rows hold other values than upgrades alone would have given them. */
    boolean hasOtherRows() {
        return otherRows;
    }

    /** Applies the next revision. Whether it succeeds or not, the walk is then past it. */
    public Attempt up(RevisionId id) {
        if (state == State.DEAD) {
            moveTo(applied);
        }
        Attempt attempt = attempt(id, s -> s.upgradeOne(id));
        if (attempt.failure() != null) {
            failed.add(id);
        }
        if (attempt.endsSession()) {
            hanging.add(id);
        } else if (attempt.failure() != null) {
            observation().uncertain();
            session().mark(id);
        }
        applied++;
        return attempt;
    }

    /** Applies the next revision. If it fails, the cursor does not move; if rows or objects remain, it has diverged. */
    public Attempt tryUp(RevisionId id) {
        Attempt attempt = attempt(id, s -> s.upgradeOne(id));
        if (attempt.endsSession()) {
            hanging.add(id);
        } else if (attempt.failure() == null) {
            applied++;
        } else if (attempt.halfDone()) {
            markDiverged();
        }
        return attempt;
    }

    /**
     * What an attempt came to.
     *
     * @param statements the statements that ran; none where it failed
     * @param failure why it failed, or null
     */
    public record Attempt(
            List<SqlStatement> statements, @Nullable TurnstoneException failure) {

        /** Whether nothing can be done on the connection any more: it was cut, or the revision has spoilt it. */
        boolean endsSession() {
            return failure instanceof TimeOutException
                    || failure instanceof ConnectionLostException
                    || failure instanceof DatabaseException;
        }

        /** Whether a failure may have left something behind. */
        public boolean halfDone() {
            return failure != null
                    && !(failure instanceof PreconditionFailedException)
                    && !(failure instanceof StatementFailedException failed && failed.rolledBack());
        }
    }

    /** @param id the revision that runs, or null for what could be several */
    private Attempt attempt(@Nullable RevisionId id, TimeLimit.Command command) {
        Attempt attempt = limit.attempt(database(), session(), command);
        if (attempt.endsSession()) {
            state = State.DEAD;
        }
        observation().ran(attempt.statements());
        if (attempt.failure() != null) {
            observation().failed();
        } else if (id == null || !context.tool().tellsAll(id)) {
            observation().uncertain();
        }
        return attempt;
    }

    /**
     * Tries to apply the next revision on a connection that is cut, and connects anew. The walk does not count the
     * revision.
     */
    public void cut(RevisionId id) {
        observation().failed();
        try {
            session().upgradeOne(id);
        } catch (TurnstoneException e) {
            LOG.debug("Cut off: {}", e.getMessage());
        }
        closeEnded();
        session = context.tool().on(watch.over(asSeenByTool.apply(database())));
    }

    /** Applies the next revision, as the user's command would, unless the database says that it is applied. */
    public Attempt upUnlessThere(RevisionId id) {
        Attempt attempt = context.tool().graph().ancestorsOf(current()).contains(id)
                ? new Attempt(List.of(), null)
                : attempt(id, s -> s.upgradeOne(id));
        applied++;
        return attempt;
    }

    /** Takes back the revision that was applied last, and counts it as not applied. */
    public Attempt back(RevisionId id) {
        Attempt attempt = down(id);
        applied--;
        return attempt;
    }

    /** The heads of what is applied. */
    public Set<RevisionId> current() {
        return session().current();
    }

    /** Takes the revision back that was applied last; the walk still counts it until it is applied again. */
    public Attempt down(RevisionId id) {
        return attempt(id, s -> s.downgradeOne(id));
    }

    /** Applies a revision again after {@link #down}. */
    public Attempt upAgain(RevisionId id) {
        return attempt(id, s -> s.upgradeOne(id));
    }

    /** Runs a body once more in place. */
    public Attempt body(RevisionId id, Direction direction) {
        return attempt(id, s -> s.runBody(id, direction));
    }

    /** Runs the user's command {@code upgrade TARGET}. */
    public Attempt upgrade(String target) {
        return attempt(null, s -> s.upgrade(target));
    }

    /** Sets the version without running anything. */
    public Attempt stamp(String target) {
        observation().uncertain();
        return attempt(null, s -> {
            s.stamp(target);
            return List.of();
        });
    }

    /** The database as it is now. */
    public DatabaseState state() {
        try {
            return readLimit.reading(
                    database(), () -> observation().look(session().connection().map(reads::over)));
        } catch (SQLException e) {
            throw new DatabaseException("read the schema of " + database().describe(), e);
        }
    }

    /**
     * Reads the schema on a connection of its own: those that were open keep what they know of a schema.
     *
     * @throws DatabaseException when it cannot be read
     */
    public void requireReadable() {
        TestDatabase installed = database();
        try (Connection connection = reads.over(installed.dataSource().getConnection())) {
            readLimit.reading(installed, () -> installed.dialect().read(connection, installed.scope()));
        } catch (SQLException e) {
            throw new DatabaseException("read the schema of " + installed.describe(), e);
        }
    }

    /** How often it was looked at a database, which is less often than {@link #state()} was asked where nothing ran. */
    public int readCount() {
        return readCount + (observation == null ? 0 : observation.readCount());
    }

    /**
     * Compares what was seen step by step with all that is there.
     *
     * @return what differs now, or did when the walk left another database before; null when nothing does
     */
    public @Nullable String contradiction() {
        Observation observed = observation;
        if (contradiction == null && observed != null) {
            try {
                contradiction =
                        readLimit.reading(database(), observed::contradiction).orElse(null);
            } catch (SQLException | TurnstoneException e) {
                // A database that cannot be read any more says so where it is asked for its state.
                LOG.debug(
                        "{} cannot be read to prove what was seen of it.",
                        database().describe(),
                        e);
            }
        }
        return contradiction;
    }

    /** Reads the whole schema each time from now on. The next move starts with a new database. */
    void readInFull() {
        inFull = true;
        contradiction = null;
        markDiverged();
    }

    private Observation observation() {
        return Objects.requireNonNull(observation);
    }

    /** Something to do on a connection. */
    public interface Asking<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Reads on the walk's own connection, which no revision runs on. */
    public <T> T reading(Asking<T> reading) {
        try {
            return readLimit.reading(database(), () -> observation().on(reading));
        } catch (SQLException e) {
            throw new DatabaseException(
                    "read or fill the tables of " + database().describe(), e);
        }
    }

    /** Puts rows into tables, or takes them out, on the walk's own connection. */
    public <T> T filling(Asking<T> filling) {
        observation().uncertain();
        return reading(filling);
    }

    /** The walk's database, for what the walk is not told of. */
    public TestDatabase databaseForOthers() {
        observation().failed();
        return database();
    }

    /** Whether an upgrade on the way has failed, so that what is there is not what the history leads to. */
    public boolean hasFailed() {
        return !failed.isEmpty();
    }

    /**
     * Runs statements one after the other on a connection of their own, without the tool, and none after a failure.
     *
     * @throws ScriptFailedException when the database refuses one
     * @throws TimeOutException when they take too long
     */
    public void run(List<SqlStatement> statements) {
        observation().failed();
        limit.run(database(), statements);
    }

    /**
     * Lets the user's code look at the database, on a connection of its own; what that does is rolled back.
     *
     * @return what the code throws, or a {@link TimeOutException}; null where it has nothing against the database
     */
    public @Nullable Throwable look(DataAssertion.Code code) {
        observation().uncertain();
        return limit.look(database(), code);
    }

    /** Notes that the next revision was applied by other means than the walk's tool. */
    public void passed() {
        observation().failed();
        applied++;
    }

    /** The walk's database, to look at. */
    public TestDatabase database() {
        return Objects.requireNonNull(database);
    }

    private ToolSession session() {
        return Objects.requireNonNull(session);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when what was seen step by step is not what is there, and nobody has asked
     */
    @Override
    public void close() {
        String wrong = null;
        try {
            wrong = contradiction();
        } finally {
            release();
        }
        if (wrong != null) {
            throw new IllegalStateException(ofOurs(wrong));
        }
    }

    /** A sentence about a mistake that is not the history's. */
    static String ofOurs(String contradiction) {
        return "This is a mistake in Turnstone, not in the migrations; please report it. " + contradiction;
    }

    /** What is left of a session whose connection may be cut. */
    private void closeEnded() {
        try (ToolSession ended = session) {
            session = null;
        } catch (DatabaseException e) {
            LOG.debug("A connection that was cut: {}", e.getMessage());
        }
    }

    private void release() {
        readCount = readCount();
        if (state == State.DEAD) {
            closeEnded();
        }
        try (TestDatabase db = database;
                ToolSession s = session;
                Observation o = observation) {
            database = null;
            session = null;
            observation = null;
        } catch (SQLException e) {
            throw new DatabaseException("close the connection to the test database", e);
        }
    }
}
