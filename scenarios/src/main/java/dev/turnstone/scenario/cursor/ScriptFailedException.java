package dev.turnstone.scenario.cursor;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;

/** Thrown when a database refuses a statement of a script. */
public final class ScriptFailedException extends TurnstoneException {

    ScriptFailedException(SqlStatement statement, Throwable cause) {
        super(
                ("line " + statement.location().line() + ": " + statement.text()).indent(2) + "  " + cause.getMessage(),
                cause);
    }
}
