package dev.turnstone.execution;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/** A connection as a migration gets it: all but the end of its transaction, which is the engine's. */
final class LentConnection {

    private static final Set<String> ENGINES_OWN =
            Set.of("commit", "rollback", "close", "abort", "setAutoCommit", "setSavepoint", "releaseSavepoint");

    private LentConnection() {}

    static Connection of(Connection connection) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (ENGINES_OWN.contains(method.getName())) {
                throw new UnsupportedOperationException("A migration may not call " + method.getName()
                        + " on the engine's connection: its transaction holds the version row too. Leave it out; throw an"
                        + " exception to roll the revision back, and make savepoints with SQL.");
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
