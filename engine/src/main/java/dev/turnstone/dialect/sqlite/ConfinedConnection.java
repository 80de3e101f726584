package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.OutsideStatementException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite connection that cannot access files outside a {@link FileBoundary}.
 *
 * <p>The limit of attached databases is 0, so that the SQLite library itself refuses {@code ATTACH} and {@code VACUUM
 * INTO}, which attaches the file that it writes. The limit applies to every use of the connection. It is raised only
 * while a statement runs that the boundary allows. The library does not know the driver's commands {@code backup} and
 * {@code restore}; the boundary recognises them by their text.
 *
 * <p>JDBC objects that the connection creates return this connection, not the driver's, from {@code getConnection}.
 * {@code unwrap} returns the driver's own class: the limit applies there too, but the driver's commands are not checked.
 */
final class ConfinedConnection {

    /** A number above the maximum that the library was built with; the library then uses its maximum. */
    private static final int ANY_NUMBER = 1000;

    /** The JDBC types from which code can get the connection. */
    private static final Set<Class<?>> TYPES_WITH_CONNECTION = Set.of(
            Statement.class,
            PreparedStatement.class,
            CallableStatement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            ResultSetMetaData.class,
            ParameterMetaData.class);

    private final Connection real;
    private final FileBoundary boundary;
    private final Connection self;

    private ConfinedConnection(Connection real, FileBoundary boundary) {
        this.real = real;
        this.boundary = boundary;
        this.self = (Connection) proxy(Connection.class, real, null, "");
    }

    /**
     * Confines a connection.
     *
     * @throws SQLException if the driver has no limit of attached databases
     */
    static Connection of(Connection connection, FileBoundary boundary) throws SQLException {
        ConfinedConnection confined = new ConfinedConnection(connection, boundary);
        confined.allowAttached(0);
        confined.forbidLibraries();
        return confined.self;
    }

    private Object proxy(Class<?> type, Object target, @Nullable Object parent, String prepared) {
        return Proxy.newProxyInstance(
                ConfinedConnection.class.getClassLoader(),
                new Class<?>[] {type},
                new Confined(target, parent, prepared));
    }

    /** Handles the calls of a JDBC object: checks SQL texts and wraps the results. */
    private final class Confined implements InvocationHandler {

        private final Object target;
        private final @Nullable Object parent;
        private final String prepared;
        private final List<String> batch = new ArrayList<>();

        /**
         * @param parent the wrapped object that created the target; null for the connection
         * @param prepared the SQL of a prepared statement; empty for any other object
         */
        Confined(Object target, @Nullable Object parent, String prepared) {
            this.target = target;
            this.parent = parent;
            this.prepared = prepared;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            switch (name) {
                case "equals" -> {
                    return arguments != null && proxy == arguments[0];
                }
                case "unwrap", "isWrapperFor" -> {
                    if (arguments != null && arguments[0] instanceof Class<?> type && type.isInstance(proxy)) {
                        return name.equals("unwrap") ? proxy : (Object) true;
                    }
                    return send(method, arguments);
                }
                case "getConnection" -> {
                    return self;
                }
                default -> {
                    // All other methods are forwarded.
                }
            }
            if (target instanceof Statement && (name.startsWith("execute") || name.endsWith("Batch"))) {
                return execute(proxy, method, arguments);
            }
            return confined(send(method, arguments), proxy, method, arguments);
        }

        private @Nullable Object execute(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            String sql = text(arguments);
            if (method.getName().equals("addBatch")) {
                if (sql != null) {
                    check(sql);
                    batch.add(sql);
                }
                return send(method, arguments);
            }
            boolean runsBatch = method.getName().endsWith("Batch");
            String all = sql != null ? sql : runsBatch && prepared.isEmpty() ? String.join(";\n", batch) : prepared;
            if (runsBatch) {
                batch.clear();
            }
            if (check(all) == FileBoundary.Need.NOTHING) {
                return confined(send(method, arguments), proxy, method, arguments);
            }
            allowAttached(ANY_NUMBER);
            try {
                return confined(send(method, arguments), proxy, method, arguments);
            } finally {
                allowAttached(0);
            }
        }

        private @Nullable Object send(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }

        /** Wraps a result by its declared type: the driver's result set also implements its own metadata. */
        private @Nullable Object confined(
                @Nullable Object result, Object proxy, Method method, Object @Nullable [] arguments) {
            Class<?> type = method.getReturnType();
            if (result == null || !TYPES_WITH_CONNECTION.contains(type)) {
                return result;
            }
            if (target instanceof ResultSet && parent instanceof Statement && type == Statement.class) {
                return parent;
            }
            String sql = text(arguments);
            return proxy(type, result, proxy, sql == null ? "" : sql);
        }

        private static @Nullable String text(Object @Nullable [] arguments) {
            return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : null;
        }
    }

    private FileBoundary.Need check(String sql) throws OutsideStatementException {
        FileBoundary.Decision decision = boundary.check(sql);
        if (decision.why() != null) {
            throw new OutsideStatementException(decision.why());
        }
        return decision.need();
    }

    /** Sets the limit of attached databases. The user provides the driver, so its classes are loaded by name. */
    private void allowAttached(int most) throws SQLException {
        ClassLoader loader = real.getClass().getClassLoader();
        try {
            Class<?> limits = Class.forName("org.sqlite.SQLiteLimits", true, loader);
            Object attached = limits.getField("SQLITE_LIMIT_ATTACHED").get(null);
            Class.forName("org.sqlite.SQLiteConnection", true, loader)
                    .getMethod("setLimit", limits, int.class)
                    .invoke(real, attached, most);
        } catch (InvocationTargetException e) {
            throw e.getTargetException() instanceof SQLException refused ? refused : cannotConfine(e);
        } catch (ReflectiveOperationException e) {
            throw cannotConfine(e);
        }
    }

    /** Disables the loading of extensions, which the user may have enabled to load an extension of their own. */
    private void forbidLibraries() throws SQLException {
        ClassLoader loader = real.getClass().getClassLoader();
        try {
            Object database = Class.forName("org.sqlite.SQLiteConnection", true, loader)
                    .getMethod("getDatabase")
                    .invoke(real);
            Class.forName("org.sqlite.core.DB", true, loader)
                    .getMethod("enable_load_extension", boolean.class)
                    .invoke(database, false);
        } catch (ReflectiveOperationException e) {
            throw cannotConfine(e);
        }
    }

    private static SQLException cannotConfine(ReflectiveOperationException cause) {
        return new SQLException(
                "This driver for SQLite cannot keep a history under test from other files. Nothing was run."
                        + " Use org.xerial:sqlite-jdbc.",
                cause);
    }
}
