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
 * A test database together with the revision that it stands at. Moves through a history one revision at a time.
 *
 * <p>If the database is in a state that the history does not lead to, the next {@link #moveTo} starts with a new
 * database. Not thread-safe.
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

    /** Revisions that ended the session, for example by a timeout. {@link #moveTo} does not run them again. */
    private final Set<RevisionId> hanging = new HashSet<>();

    private final Set<RevisionId> failed = new HashSet<>();

    private int applied;
    private State state = State.AT_REVISION;
    private boolean otherRows;
    private final UnaryOperator<TestDatabase> asSeenByTool;

    /** How the database relates to the history. */
    private enum State {
        /** The database is in the state that the history leads to. */
        AT_REVISION,
        /** The database is in a state that the history does not lead to. The next move needs a new database. */
        DIVERGED,
        /** The session was ended and cannot be used. The next move needs a new database. */
        DEAD
    }

    /** Creates a cursor whose tool uses the test databases directly. No database is created before the first move. */
    public MigrationCursor(ScenarioContext context) {
        this(context, UnaryOperator.identity());
    }

    /**
     * Creates a cursor whose tool uses a view of each test database. No database is created before the first move.
     *
     * @param asSeenByTool maps each test database to the view that the tool connects to
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

    /**
     * Creates a cursor on a database in which revisions are already applied.
     *
     * @param database owned by the cursor from now on, which closes it
     * @param count how many revisions are applied, counted from the start of {@link #revisions()}
     */
    public static MigrationCursor from(ScenarioContext context, TestDatabase database, int count) {
        MigrationCursor walk = new MigrationCursor(context);
        walk.begin(database);
        walk.applied = count;
        return walk;
    }

    /** Returns all revisions of the history, in the order in which the cursor applies them. */
    public List<Revision> revisions() {
        return revisions;
    }

    /**
     * Moves the cursor so that exactly the first {@code count} revisions are applied.
     *
     * <p>A revision that fails is marked as applied and the cursor continues. The check of that revision reports the
     * failure.
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
     * Starts with a new database that is prepared before the tool connects to it.
     *
     * @param preparation prepares the database; the cursor has no connection to it during the call
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
     * Closes the cursor's connections, after a comparison of the incremental reads with a full read. The database
     * remains until the cursor is closed or starts with a new one. This frees connections for a server that allows only
     * a few.
     *
     * @throws DatabaseException if a connection cannot be closed
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

    /**
     * Returns why the last command did not run a revision's body, such as a failed precondition; empty if the body ran.
     */
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
     * Records the state after a revision was applied, reverted and applied again. The cursor has diverged if the schema
     * or a row count differs. If only values differ (numbers from a sequence, the time), {@link #hasOtherRows} returns
     * true.
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

    /** Returns whether rows hold values that upgrades alone would not have produced. */
    boolean hasOtherRows() {
        return otherRows;
    }

    /** Applies the next revision. The cursor then counts the revision as applied, even if the upgrade failed. */
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

    /**
     * Applies the next revision. If it fails, the cursor does not move; if the failure may have left changes behind,
     * the cursor has diverged.
     */
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
     * The result of a command of the tool.
     *
     * @param statements the statements that ran; empty if the command failed
     * @param failure why the command failed; null if it succeeded
     */
    public record Attempt(
            List<SqlStatement> statements, @Nullable TurnstoneException failure) {

        /** Returns whether the connection can no longer be used, because it was cut or the revision broke it. */
        boolean endsSession() {
            return failure instanceof TimeOutException
                    || failure instanceof ConnectionLostException
                    || failure instanceof DatabaseException;
        }

        /** Returns whether the command failed and may have left changes behind. */
        public boolean halfDone() {
            return failure != null
                    && !(failure instanceof PreconditionFailedException)
                    && !(failure instanceof StatementFailedException failed && failed.rolledBack());
        }
    }

    /**
     * Runs a command of the tool and reports its statements to the observation.
     *
     * @param id the revision that the command runs, or null if the command may run several
     */
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
     * Tries to apply the next revision on a connection that is cut, and then opens a new session. The cursor does not
     * count the revision as applied.
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

    /**
     * Applies the next revision as the user's command does, unless the version table records it as applied. The cursor
     * then counts the revision as applied, even if the upgrade failed.
     */
    public Attempt upUnlessThere(RevisionId id) {
        Attempt attempt = context.tool().graph().ancestorsOf(current()).contains(id)
                ? new Attempt(List.of(), null)
                : attempt(id, s -> s.upgradeOne(id));
        applied++;
        return attempt;
    }

    /**
     * Reverts the revision that was applied last. The cursor then counts it as not applied, even if the downgrade
     * failed.
     */
    public Attempt back(RevisionId id) {
        Attempt attempt = down(id);
        applied--;
        return attempt;
    }

    /** Returns the applied heads, as the version table records them. */
    public Set<RevisionId> current() {
        return session().current();
    }

    /**
     * Reverts the revision that was applied last. The cursor still counts the revision as applied, because
     * {@link #upAgain} is expected to follow.
     */
    public Attempt down(RevisionId id) {
        return attempt(id, s -> s.downgradeOne(id));
    }

    /** Applies a revision again after {@link #down}. */
    public Attempt upAgain(RevisionId id) {
        return attempt(id, s -> s.upgradeOne(id));
    }

    /** Runs a body of a revision again, without changing the version table. */
    public Attempt body(RevisionId id, Direction direction) {
        return attempt(id, s -> s.runBody(id, direction));
    }

    /**
     * Runs the command {@code upgrade TARGET}. The number of applied revisions that the cursor counts does not change.
     *
     * @param target a revision id or {@code heads}, as on the command line
     */
    public Attempt upgrade(String target) {
        return attempt(null, s -> s.upgrade(target));
    }

    /**
     * Writes a target into the version table without running a body.
     *
     * @param target a revision id or {@code heads}, as on the command line
     */
    public Attempt stamp(String target) {
        observation().uncertain();
        return attempt(null, s -> {
            s.stamp(target);
            return List.of();
        });
    }

    /**
     * Reads the current state of the database. If nothing ran since the last read, returns its result.
     *
     * @throws DatabaseException if the database cannot be read
     * @throws TimeOutException if reading takes too long
     */
    public DatabaseState state() {
        try {
            return readLimit.reading(
                    database(), () -> observation().look(session().connection().map(reads::over)));
        } catch (SQLException e) {
            throw new DatabaseException("read the schema of " + database().describe(), e);
        }
    }

    /**
     * Reads the schema on a new connection and discards the result. Connections that are already open keep information
     * about the schema, so a read on them can succeed although a new connection fails.
     *
     * @throws DatabaseException if the schema cannot be read
     * @throws TimeOutException if reading takes too long
     */
    public void requireReadable() {
        TestDatabase installed = database();
        try (Connection connection = reads.over(installed.dataSource().getConnection())) {
            readLimit.reading(installed, () -> installed.dialect().read(connection, installed.scope()));
        } catch (SQLException e) {
            throw new DatabaseException("read the schema of " + installed.describe(), e);
        }
    }

    /**
     * Returns how many times databases were read. The number is less than the number of {@link #state()} calls if no
     * command ran between some of them.
     */
    public int readCount() {
        return readCount + (observation == null ? 0 : observation.readCount());
    }

    /**
     * Compares the result of the incremental reads with a full read.
     *
     * @return the difference, of this database or of an earlier database of this cursor; null if there is none
     */
    public @Nullable String contradiction() {
        Observation observed = observation;
        if (contradiction == null && observed != null) {
            try {
                contradiction =
                        readLimit.reading(database(), observed::contradiction).orElse(null);
            } catch (SQLException | TurnstoneException e) {
                // A database that cannot be read is reported by the next call of state().
                LOG.debug(
                        "{} cannot be read to prove what was seen of it.",
                        database().describe(),
                        e);
            }
        }
        return contradiction;
    }

    /** Makes every following read a full read. The next move starts with a new database. */
    void readInFull() {
        inFull = true;
        contradiction = null;
        markDiverged();
    }

    private Observation observation() {
        return Objects.requireNonNull(observation);
    }

    /** Code that uses a connection. */
    public interface Asking<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Runs code that reads on the cursor's own connection, on which no revision runs.
     *
     * @throws DatabaseException if the code throws an {@link SQLException}
     * @throws TimeOutException if the code takes too long
     */
    public <T> T reading(Asking<T> reading) {
        try {
            return readLimit.reading(database(), () -> observation().on(reading));
        } catch (SQLException e) {
            throw new DatabaseException(
                    "read or fill the tables of " + database().describe(), e);
        }
    }

    /**
     * Runs code that inserts or deletes rows on the cursor's own connection.
     *
     * @throws DatabaseException if the code throws an {@link SQLException}
     * @throws TimeOutException if the code takes too long
     */
    public <T> T filling(Asking<T> filling) {
        observation().uncertain();
        return reading(filling);
    }

    /** Returns the cursor's database for changes that the cursor does not observe. The next read is a full read. */
    public TestDatabase databaseForOthers() {
        observation().failed();
        return database();
    }

    /**
     * Returns whether the upgrade of a revision has failed, so that the database may not be in the state that the
     * history leads to.
     */
    public boolean hasFailed() {
        return !failed.isEmpty();
    }

    /**
     * Runs statements in order on a separate connection, without the tool. Stops at the first failure.
     *
     * @throws ScriptFailedException if the database refuses a statement
     * @throws TimeOutException if the statements take too long
     * @throws DatabaseException if the connection cannot be opened or closed
     */
    public void run(List<SqlStatement> statements) {
        observation().failed();
        limit.run(database(), statements);
    }

    /**
     * Runs the user's assertion on a separate connection, in a transaction that is rolled back.
     *
     * @return the exception or {@link AssertionError} that the assertion throws, or a {@link TimeOutException}; null if
     *     the assertion holds
     */
    public @Nullable Throwable look(DataAssertion.Code code) {
        observation().uncertain();
        return limit.look(database(), code);
    }

    /** Counts the next revision as applied after something other than the cursor's tool has applied it. */
    public void passed() {
        observation().failed();
        applied++;
    }

    /** Returns the cursor's database. The caller must not change it. */
    public TestDatabase database() {
        return Objects.requireNonNull(database);
    }

    private ToolSession session() {
        return Objects.requireNonNull(session);
    }

    /**
     * Closes the connections and the database.
     *
     * @throws IllegalStateException if the incremental reads differ from a full read and the run was not repeated with
     *     full reads
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

    /** Returns a message that reports a contradiction as a defect of Turnstone, not of the history. */
    static String ofOurs(String contradiction) {
        return "This is a mistake in Turnstone, not in the migrations; please report it. " + contradiction;
    }

    /** Closes a session whose connection may have been cut. */
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
