package dev.turnstone.execution.step;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/** The connection that a migration uses. It rejects the calls that end a transaction, because the engine ends it. */
final class MigrationConnection {

    private static final Set<String> REJECTED =
            Set.of("commit", "rollback", "close", "abort", "setAutoCommit", "setSavepoint", "releaseSavepoint");

    private MigrationConnection() {}

    static Connection of(Connection connection) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (REJECTED.contains(method.getName())) {
                throw new UnsupportedOperationException("A migration must not call " + method.getName()
                        + " on the engine's connection, because its transaction also contains the version row. Remove the"
                        + " call. Throw an exception to roll the revision back; create savepoints with SQL.");
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }
}
