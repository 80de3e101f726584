package dev.turnstone.rows;

import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a PostgreSQL error. The message is not parsed, because it is localized.
 *
 * <p>Uses pgjdbc by reflection, because users provide the driver.
 */
record ServerError(
        @Nullable String table,
        @Nullable String column,
        @Nullable String constraint,
        @Nullable String dataType) {

    private static final ServerError UNKNOWN = new ServerError(null, null, null, null);

    static ServerError of(SQLException exception) {
        try {
            Object error =
                    exception.getClass().getMethod("getServerErrorMessage").invoke(exception);
            return error == null
                    ? UNKNOWN
                    : new ServerError(
                            field(error, "getTable"),
                            field(error, "getColumn"),
                            field(error, "getConstraint"),
                            field(error, "getDatatype"));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            // Another driver: the fields are null.
            return UNKNOWN;
        }
    }

    private static @Nullable String field(Object error, String getter)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        return (String) error.getClass().getMethod(getter).invoke(error);
    }
}
