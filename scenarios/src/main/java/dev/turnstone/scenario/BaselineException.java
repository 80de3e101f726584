package dev.turnstone.scenario;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import java.sql.SQLException;

/** Thrown when the user's baseline does not run on an empty database. */
public final class BaselineException extends TurnstoneException {

    public BaselineException(SqlStatement statement, String database, SQLException cause) {
        super(
                "The baseline fails on " + database + ", at " + statement.location() + ":\n  "
                        + statement.text().replace("\n", "\n  ") + "\n  " + cause.getMessage()
                        + "\nIt must run on an empty database. Correct it, or give one for this dialect"
                        + " (schema.sqlite.sql, schema.postgresql.sql beside schema.sql).",
                cause);
    }
}
