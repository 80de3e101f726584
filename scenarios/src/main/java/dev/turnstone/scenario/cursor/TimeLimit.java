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

/** Runs commands on a database with a time limit, and cancels a command that exceeds it. */
public final class TimeLimit {

    private static final int VALID_SECONDS = 5;
    private static final Duration SHORTEST_READ = Duration.ofSeconds(10);

    private final StatementWatch watch;
    private final Duration time;

    /**
     * Creates a time limit.
     *
     * @param watch records the statements of the connections that the commands use
     * @param time the limit for each command
     */
    public TimeLimit(StatementWatch watch, Duration time) {
        this.watch = watch;
        this.time = time;
    }

    /**
     * Returns the time limit for what Turnstone itself reads or writes: the limit for commands, but at least 10
     * seconds. A short limit that the user sets for commands does not suit these reads.
     */
    static Duration forReads(Duration forCommands) {
        return forCommands.compareTo(SHORTEST_READ) < 0 ? SHORTEST_READ : forCommands;
    }

    /** Code of Turnstone that uses a database. */
    public interface Reading<T> {
        T run() throws SQLException;
    }

    /**
     * Runs code that reads or fills a database, within the time limit.
     *
     * @param reading uses only connections that the watch records
     * @return the result of the code
     * @throws TimeOutException if the code takes too long
     * @throws SQLException if the code throws it for another reason
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

    /** A command of a tool; returns the statements that ran. */
    interface Command {
        List<SqlStatement> run(ToolSession session);
    }

    /**
     * Runs a command of a tool within the time limit. The result contains a failure or a timeout of the command.
     *
     * @param session connected to the database, through connections that the watch records
     * @throws DatabaseException if the connection fails and a new connection fails as well; if only the session's
     *     connection fails, a revision may have broken it, and the result contains the failure
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

    /**
     * Returns whether the code that threw the exception is Turnstone's. Intended exceptions of Turnstone have their own
     * type, so any other exception from its code is a defect of Turnstone and not of the revision.
     */
    private static boolean isOurs(RuntimeException thrown) {
        return Stream.of(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun."))
                .findFirst()
                .filter(name -> name.startsWith("dev.turnstone."))
                .isPresent();
    }

    /**
     * Runs statements in order on a separate connection, without a tool. Stops at the first failure.
     *
     * @throws ScriptFailedException if the database refuses a statement
     * @throws TimeOutException if the statements take too long
     * @throws DatabaseException if the connection cannot be opened or closed
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
     * Runs the user's assertion on a separate connection, in a transaction that is rolled back.
     *
     * @return the exception or {@link AssertionError} that the assertion throws, or a {@link TimeOutException}; null if
     *     the assertion holds
     * @throws DatabaseException if the connection cannot be opened, rolled back or closed
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
