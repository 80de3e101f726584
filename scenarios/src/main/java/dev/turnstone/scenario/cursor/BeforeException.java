package dev.turnstone.scenario.cursor;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import java.sql.SQLException;

/** Thrown when a set-up statement that runs before the history fails on an empty database. */
public final class BeforeException extends TurnstoneException {

    BeforeException(SqlStatement statement, String database, SQLException cause) {
        super(
                "The set-up before the history fails on " + database + ", at " + statement.location() + ":\n  "
                        + statement.text().replace("\n", "\n  ") + "\n  " + cause.getMessage()
                        + "\nNo revision was run. Correct it, or give a file for this dialect (before.sqlite.sql,"
                        + " before.postgresql.sql beside before.sql).",
                cause);
    }
}
