package dev.turnstone.scenario;

import dev.turnstone.error.TurnstoneException;
import java.sql.SQLException;

/** Thrown when the database refuses not a statement of a revision but what ends it: the version row or the commit. */
final class StepRefusedException extends TurnstoneException {

    private static final long serialVersionUID = 1L;

    StepRefusedException(String database, SQLException cause) {
        super(
                "Every statement ran, but " + database + " does not let the revision be completed:\n  "
                        + String.valueOf(cause.getMessage()).strip().replace("\n", "\n  "),
                cause);
    }
}
