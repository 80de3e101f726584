package dev.turnstone.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Writes down every statement that goes to the real driver. */
public final class StatementLog {

    private final List<String> statements = new CopyOnWriteArrayList<>();

    private Consumer<String> before = sql -> {};

    /** Does something before each statement is sent, on the same thread. */
    public void before(Consumer<String> action) {
        before = action;
    }

    public List<String> statements() {
        return statements;
    }

    public void clear() {
        statements.clear();
    }

    /** The same data source, under observation. */
    public DataSource around(DataSource dataSource) {
        return observed(DataSource.class, dataSource, "");
    }

    private <T> T observed(Class<T> type, Object real, String prepared) {
        return type.cast(Proxy.newProxyInstance(
                StatementLog.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(method, real, prepared, arguments)));
    }

    private Object call(Method method, Object real, String prepared, Object[] arguments) throws Throwable {
        boolean hasSql = arguments != null && arguments.length > 0 && arguments[0] instanceof String;
        if (method.getName().startsWith("execute")) {
            String sql = hasSql ? (String) arguments[0] : prepared;
            before.accept(sql);
            statements.add(sql);
        }
        Object result;
        try {
            result = method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (result instanceof PreparedStatement) {
            return observed(PreparedStatement.class, result, (String) arguments[0]);
        }
        if (result instanceof Statement) {
            return observed(Statement.class, result, "");
        }
        return result instanceof Connection ? observed(Connection.class, result, "") : result;
    }
}
