package dev.turnstone.scenario.cursor;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the statements that a tool's connections to one database are running, and can cancel them. Thread-safe.
 *
 * <p>Wraps the driver's connections, because neither the tool nor the JDBC interfaces report running statements.
 */
public final class StatementWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StatementWatch.class);
    private static final Set<String> MAKE_STATEMENTS = Set.of("createStatement", "prepareStatement", "prepareCall");

    private static final String QUERY_CANCELED = "57014";

    /** The running statements, by the driver's statement object. */
    private final Map<Statement, Running> running = new ConcurrentHashMap<>();

    /** The threads whose time is over, with the message that they receive instead of a result. */
    private final Map<Thread, String> refused = new ConcurrentHashMap<>();

    private volatile @Nullable Statement latest;

    /**
     * A running statement.
     *
     * @param sql the text that was sent; several statements if the tool sends them together
     * @param statement the driver's statement object
     * @param since the start, in nanoseconds of {@link System#nanoTime()}
     */
    public record Running(String sql, Statement statement, long since) {

        boolean longerThan(Duration time) {
            return System.nanoTime() - since > time.toNanos();
        }
    }

    /** Returns the running statements, longest-running first. */
    public List<Running> running() {
        return running.values().stream()
                .sorted(Comparator.comparingLong(Running::since))
                .toList();
    }

    /** Asks the database to cancel a statement. A failure to do so is only logged. */
    public static void cancel(Running running) {
        try {
            running.statement().cancel();
        } catch (SQLException e) {
            LOG.debug("A statement could not be cancelled.", e);
        }
    }

    /**
     * Cancels the statement that was sent last, even if its execution has returned. SQLite computes rows while they are
     * fetched.
     */
    void cancelLatest() {
        Statement statement = latest;
        if (statement != null) {
            cancel(new Running("", statement, System.nanoTime()));
        }
    }

    /** Refuses every further statement of a thread except a rollback, until {@link #allow}. */
    void refuse(Thread thread, String why) {
        refused.put(thread, why);
    }

    /** Ends {@link #refuse}. */
    void allow(Thread thread) {
        refused.remove(thread);
    }

    private void requireTime(String sql) throws SQLException {
        String why = refused.get(Thread.currentThread());
        if (why != null && !sql.stripLeading().regionMatches(true, 0, "ROLLBACK", 0, "ROLLBACK".length())) {
            throw new SQLTimeoutException(why, QUERY_CANCELED);
        }
    }

    /** Returns a view of a connection whose statements are recorded. */
    public Connection over(Connection connection) {
        return connection(connection);
    }

    /** Returns a view of a database whose connections have their statements recorded. */
    public TestDatabase over(TestDatabase database) {
        return new Watched(database, dataSource(database.dataSource()));
    }

    private DataSource dataSource(DataSource real) {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = method.invoke(real, arguments);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    private Connection connection(Connection real) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = method.invoke(real, arguments);
            if (!MAKE_STATEMENTS.contains(method.getName())) {
                return result;
            }
            String prepared = method.getName().equals("createStatement") ? "" : String.valueOf(arguments[0]);
            return statement((Statement) result, method.getReturnType(), prepared);
        });
    }

    private Object statement(Statement real, Class<?> type, String prepared) {
        return proxy(type, (method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return method.invoke(real, arguments);
            }
            String sql =
                    arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : prepared;
            requireTime(sql);
            latest = real;
            running.put(real, new Running(sql, real, System.nanoTime()));
            try {
                return method.invoke(real, arguments);
            } finally {
                running.remove(real);
            }
        });
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws ReflectiveOperationException, SQLException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                StatementWatch.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class
                            && method.getName().equals("equals")) {
                        return self == arguments[0];
                    }
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** A test database whose connections have their statements recorded. */
    private record Watched(TestDatabase real, DataSource dataSource) implements TestDatabase {

        @Override
        public Dialect dialect() {
            return real.dialect();
        }

        @Override
        public Scope scope() {
            return real.scope();
        }

        @Override
        public SchemaTracker track() throws SQLException {
            return real.track();
        }

        @Override
        public SchemaTracker track(UnaryOperator<Connection> seenThrough) throws SQLException {
            return real.track(seenThrough);
        }

        @Override
        public String server() {
            return real.server();
        }

        @Override
        public String describe() {
            return real.describe();
        }

        @Override
        public void keep(String test) {
            real.keep(test);
        }

        @Override
        public void requireIsolation() {
            real.requireIsolation();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
