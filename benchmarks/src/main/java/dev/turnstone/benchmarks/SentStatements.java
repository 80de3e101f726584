package dev.turnstone.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the statements that are sent through a connection. */
final class SentStatements {

    private final AtomicInteger sent = new AtomicInteger();
    private final Connection connection;

    SentStatements(Connection connection) {
        this.connection = counting(Connection.class, connection);
    }

    /** Work on a connection. */
    interface Work {
        void run(Connection connection) throws SQLException;
    }

    /** Returns the number of statements that the work sends. */
    static int in(Connection connection, Work work) throws SQLException {
        SentStatements statements = new SentStatements(connection);
        work.run(statements.connection);
        return statements.sent.get();
    }

    private <T> T counting(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (target instanceof Statement && method.getName().startsWith("execute")) {
                        sent.incrementAndGet();
                    }
                    Object result;
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                    if (result instanceof PreparedStatement statement) {
                        return counting(PreparedStatement.class, statement);
                    }
                    return result instanceof Statement statement ? counting(Statement.class, statement) : result;
                }));
    }
}
