package dev.turnstone.dialect.postgresql;

import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Sends the data of {@code COPY … FROM stdin}, for which JDBC has no method.
 *
 * <p>It calls pgjdbc by reflection, so that the engine depends on JDBC alone.
 */
final class CopyIn {

    private static final String PG_CONNECTION = "org.postgresql.PGConnection";

    private CopyIn() {}

    static void run(Connection connection, String sql, String data) throws SQLException {
        try {
            Class<?> type = Class.forName(
                    PG_CONNECTION, true, connection.getMetaData().getClass().getClassLoader());
            Object manager = type.getMethod("getCopyAPI").invoke(connection.unwrap(type));
            manager.getClass()
                    .getMethod("copyIn", String.class, Reader.class)
                    .invoke(manager, sql, new StringReader(data));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException refused ? refused : notSent(e);
        } catch (ReflectiveOperationException e) {
            throw notSent(e);
        }
    }

    private static SQLException notSent(Exception cause) {
        return new SQLException(
                "The data of COPY can only be sent through pgjdbc, and this connection does not offer " + PG_CONNECTION
                        + ".",
                cause);
    }
}
