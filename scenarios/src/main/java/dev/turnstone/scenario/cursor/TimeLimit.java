package dev.turnstone.scenario.cursor;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.scenario.DataAssertion;
import dev.turnstone.scenario.TimeOutException;
import dev.turnstone.scenario.ToolSession;
import dev.turnstone.scenario.cursor.MigrationCursor.Attempt;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets what changes a database run for as long as the user allows, and cuts it after. */
public final class TimeLimit {

    private static final int VALID_SECONDS = 5;
    private static final Duration SHORTEST_READ = Duration.ofSeconds(10);

    private final StatementWatch watch;
    private final Duration time;

    /**
     * @param watch sees the connections that are cut
     * @param time for each command
     */
    public TimeLimit(StatementWatch watch, Duration time) {
        this.watch = watch;
        this.time = time;
    }

    /** The time for what Turnstone itself reads or fills: a short one for commands is no measure of that. */
    static Duration forReads(Duration forCommands) {
        return forCommands.compareTo(SHORTEST_READ) < 0 ? SHORTEST_READ : forCommands;
    }

    /** What Turnstone itself does on a database. */
    public interface Reading<T> {
        T run() throws SQLException;
    }

    /**
     * Reads a database, or fills it.
     *
     * @param reading on connections that the watch sees
     * @throws TimeOutException when it takes too long
     */
    public <T> T reading(TestDatabase database, Reading<T> reading) throws SQLException {
        try (Deadline deadline = new Deadline(watch, database, time)) {
            try {
                return reading.run();
            } catch (SQLException | RuntimeException e) {
                Deadline.Hanging hung = deadline.hanging();
                if (hung != null) {
                    throw timeOut(database, hung, e);
                }
                throw e;
            }
        }
    }

    /** What a tool is told to do. */
    interface Command {
        List<SqlStatement> run(ToolSession session);
    }

    /**
     * Tells a tool to do something. What fails or hangs is in the answer.
     *
     * @param session at work on the database, on connections that the watch sees
     * @throws DatabaseException when the connection fails, and a new one does too: a revision can have spoilt its own
     */
    Attempt attempt(TestDatabase database, ToolSession session, Command command) {
        try (Deadline deadline = new Deadline(watch, database, time)) {
            try {
                return new Attempt(command.run(session), null);
            } catch (RuntimeException e) {
                Deadline.Hanging hung = deadline.hanging();
                if (hung != null) {
                    return new Attempt(List.of(), timeOut(database, hung, e));
                }
                if (e instanceof DatabaseException && !answers(database)) {
                    throw e;
                }
                if (e instanceof TurnstoneException known) {
                    return new Attempt(List.of(), known);
                }
                if (isOurs(e)) {
                    throw e;
                }
                return new Attempt(List.of(), new RevisionCodeException(e));
            }
        }
    }

    /** Whether an exception comes from Turnstone, whose own are typed, and so is a defect and not the revision's. */
    private static boolean isOurs(RuntimeException thrown) {
        return Stream.of(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun."))
                .findFirst()
                .filter(name -> name.startsWith("dev.turnstone."))
                .isPresent();
    }

    /**
     * Runs statements one after the other on a connection of their own, without a tool, and none after a failure.
     *
     * @throws ScriptFailedException when the database refuses one
     * @throws TimeOutException when they take too long
     */
    void run(TestDatabase database, List<SqlStatement> statements) {
        TestDatabase watched = watch.over(database);
        try (Deadline deadline = new Deadline(watch, database, time);
                Connection connection = watched.dataSource().getConnection()) {
            for (SqlStatement statement : statements) {
                try {
                    database.dialect().execute(connection, statement);
                } catch (SQLException e) {
                    Deadline.Hanging hung = deadline.hanging();
                    throw hung == null ? new ScriptFailedException(statement, e) : timeOut(database, hung, e);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException("connect to " + database.describe(), e);
        }
    }

    /**
     * Lets the user's code look at a database, on a connection of its own in a transaction that is rolled back.
     *
     * @return what the code throws, or a {@link TimeOutException}; null where it has nothing against the database
     */
    @Nullable
    Throwable look(TestDatabase database, DataAssertion.Code code) {
        TestDatabase watched = watch.over(database);
        try (Deadline deadline = new Deadline(watch, database, time);
                Connection connection = watched.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                code.look(connection);
                return null;
            } catch (Exception | AssertionError e) {
                Deadline.Hanging hung = deadline.hanging();
                return hung == null ? e : timeOut(database, hung, e);
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException("connect to " + database.describe(), e);
        }
    }

    private static boolean answers(TestDatabase database) {
        try (Connection connection = database.dataSource().getConnection()) {
            return connection.isValid(VALID_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private TimeOutException timeOut(TestDatabase database, Deadline.Hanging hung, Throwable cause) {
        return new TimeOutException(time, database.dialect().title(), hung.statement(), hung.waits(), cause);
    }
}
