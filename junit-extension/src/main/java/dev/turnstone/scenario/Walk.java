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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A test database on its way through a history, one revision after the other.
 *
 * <p>It knows how far it is. When it was left in a state that the history does not lead to, the next {@link #bringTo}
 * begins again with a new database. Not thread-safe.
 */
final class Walk implements AutoCloseable {

    private final ScenarioContext context;
    private final List<Revision> revisions;
    private @Nullable TestDatabase database;
    private @Nullable ToolSession session;
    private @Nullable Connection reader;
    private int applied;
    private boolean astray;

    Walk(ScenarioContext context) {
        this.context = context;
        this.revisions = context.tool().graph().revisions();
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
        if (database == null || astray || applied > count) {
            restart();
        }
        while (applied < count) {
            up(revisions.get(applied).id());
        }
    }

    private void restart() {
        close();
        astray = false;
        applied = 0;
        TestDatabase fresh = context.newDatabase();
        database = fresh;
        session = context.tool().on(fresh);
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
        Attempt attempt = attempt(s -> s.upgradeOne(id));
        if (attempt.failure() != null) {
            session().mark(id);
        }
        applied++;
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
        try {
            return new Attempt(command.run(session()), null);
        } catch (DatabaseException e) {
            throw e;
        } catch (TurnstoneException e) {
            return new Attempt(List.of(), e);
        } catch (RuntimeException e) {
            return new Attempt(List.of(), new RevisionCodeException(e));
        }
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
    void stamp(String target) {
        session().stamp(target);
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

    /** Notes that the next revision was applied by other means than the walk's tool. */
    void passed() {
        applied++;
    }

    /** The heads of what the database says is applied. */
    Set<RevisionId> current() {
        return session().current();
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
