package dev.turnstone.scenario;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;

/** Thrown when a database refuses a statement of a script. */
final class ScriptFailedException extends TurnstoneException {

    ScriptFailedException(SqlStatement statement, Throwable cause) {
        super(
                ("line " + statement.location().line() + ": " + statement.text()).indent(2) + "  " + cause.getMessage(),
                cause);
    }
}
