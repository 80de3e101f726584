package dev.turnstone.dialect.postgresql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGStatement;

/** Has the server keep a statement's plan. The only place, beside COPY, that names a class of pgjdbc. */
final class ServerPrepared {

    private ServerPrepared() {}

    static void fromTheFirst(PreparedStatement statement) throws SQLException {
        if (statement.isWrapperFor(PGStatement.class)) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(1);
        }
    }
}
