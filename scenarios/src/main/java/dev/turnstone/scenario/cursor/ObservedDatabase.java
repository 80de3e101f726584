package dev.turnstone.scenario.cursor;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A test database that reports each statement that a tool sends. As thread-safe as its observer.
 *
 * @param real the database
 * @param watch receives each statement
 */
public record ObservedDatabase(TestDatabase real, StatementObserver watch) implements TestDatabase {

    /**
     * Receives the statements of a tool, and may replace or refuse them. Called on the thread that sends the statement.
     */
    public interface StatementObserver {

        /** Called after the tool has opened a connection; the argument is the driver's connection. */
        default void opened(Connection connection) throws SQLException {}

        /**
         * Returns the statements to send one by one in place of a text that holds several. A list with only the text
         * itself means that the text is sent unchanged. If the list has several statements, the tool receives only the
         * result of the last one.
         *
         * @param sql the text that the tool sends
         * @return at least one statement
         */
        default List<String> singly(Connection connection, String sql) {
            return List.of(sql);
        }

        /**
         * Called before a statement is sent. A call of {@link Connection#commit()} is reported as {@code COMMIT}.
         *
         * @throws SQLException to refuse the statement; the tool receives the exception
         */
        default void before(Connection connection, String sql) throws SQLException {}

        /** Called after a statement has succeeded. */
        default void after(Connection connection, String sql) throws SQLException {}

        /** Called after a statement has failed. */
        default void failed(Connection connection, String sql) throws SQLException {}
    }

    @Override
    public Dialect dialect() {
        return real.dialect();
    }

    @Override
    public DataSource dataSource() {
        return proxy(DataSource.class, new Watched(real.dataSource(), null, ""));
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
    public void keep(String title) {
        real.keep(title);
    }

    @Override
    public void requireIsolation() {
        real.requireIsolation();
    }

    @Override
    public void close() {
        real.close();
    }

    private static <T> T proxy(Class<T> type, Watched watched) {
        return type.cast(Proxy.newProxyInstance(
                ObservedDatabase.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> watched.call(method, arguments)));
    }

    /** Sends a statement and waits for its result. */
    private interface Sending {
        @Nullable
        Object send() throws Throwable;
    }

    /** Handles the calls of one JDBC object. */
    private final class Watched {

        private final Object target;
        private final @Nullable Connection connection;
        private final String prepared;

        /**
         * Creates a handler.
         *
         * @param target the driver's object
         * @param connection the driver's connection; null for a data source
         * @param prepared the SQL of a prepared statement; otherwise empty
         */
        Watched(Object target, @Nullable Connection connection, String prepared) {
            this.target = target;
            this.connection = connection;
            this.prepared = prepared;
        }

        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            String sql = sent(method, arguments);
            if (sql == null || connection == null) {
                return wrapped(invoke(method, arguments), arguments);
            }
            boolean asText = arguments != null && arguments.length > 0 && arguments[0] instanceof String;
            List<String> all = asText ? watch.singly(connection, sql) : List.of(sql);
            for (String one : all.subList(0, all.size() - 1)) {
                // The same Statement object is used, so that cancelling it also cancels these statements.
                send(connection, one, () -> ((Statement) target).execute(one));
            }
            String last = all.get(all.size() - 1);
            if (asText && arguments != null) {
                arguments[0] = last;
            }
            return send(connection, last, () -> invoke(method, arguments));
        }

        private @Nullable Object send(Connection to, String sql, Sending sending) throws Throwable {
            watch.before(to, sql);
            Object result;
            try {
                result = sending.send();
            } catch (SQLException e) {
                watch.failed(to, sql);
                throw e;
            }
            watch.after(to, sql);
            return result;
        }

        private @Nullable String sent(Method method, Object @Nullable [] arguments) {
            if (target instanceof Connection) {
                return method.getName().equals("commit") ? "COMMIT" : null;
            }
            if (!(target instanceof Statement) || !method.getName().startsWith("execute")) {
                return null;
            }
            return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : prepared;
        }

        private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }

        private @Nullable Object wrapped(@Nullable Object result, Object @Nullable [] arguments) throws SQLException {
            if (result instanceof Connection opened && connection == null) {
                watch.opened(opened);
                return proxy(Connection.class, new Watched(opened, opened, ""));
            }
            if (!(result instanceof Statement) || !(target instanceof Connection)) {
                return result;
            }
            String sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
            Watched statement = new Watched(result, connection, sql);
            if (result instanceof CallableStatement) {
                return proxy(CallableStatement.class, statement);
            }
            return result instanceof PreparedStatement
                    ? proxy(PreparedStatement.class, statement)
                    : proxy(Statement.class, statement);
        }
    }
}
