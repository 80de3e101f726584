package dev.turnstone.assertions;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Counts the rows that are fetched from a database. */
final class FetchedRows {

    private static final List<Class<?>> PASSED_ON =
            List.of(Connection.class, PreparedStatement.class, Statement.class, ResultSet.class);

    private FetchedRows() {}

    static DataSource counted(DataSource dataSource, AtomicLong rows) {
        return counted(DataSource.class, dataSource, rows);
    }

    private static <T> T counted(Class<T> type, T target, AtomicLong rows) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                    if (target instanceof ResultSet && method.getName().equals("next") && Boolean.TRUE.equals(result)) {
                        rows.incrementAndGet();
                    }
                    for (Class<?> each : PASSED_ON) {
                        if (each.isInstance(result) && each.isAssignableFrom(method.getReturnType())) {
                            return wrapped(each, result, rows);
                        }
                    }
                    return result;
                }));
    }

    private static <T> T wrapped(Class<T> type, Object target, AtomicLong rows) {
        return counted(type, type.cast(target), rows);
    }
}
