package dev.turnstone.scenario;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.error.TurnstoneException;
import java.sql.SQLException;

/** Thrown when all statements of a revision ran, but the database refuses the version row or the commit. */
public final class StepRefusedException extends TurnstoneException {

    private static final long serialVersionUID = 1L;

    public StepRefusedException(Dialect dialect, SQLException cause) {
        super(
                "Every statement ran, but " + dialect.title() + " does not let the revision be completed:\n  "
                        + String.valueOf(cause.getMessage()).strip().replace("\n", "\n  ")
                        + (dialect.isDiskFull(cause)
                                ? "\nThe disk that holds the database or its temporary files is full. Free space there,"
                                        + " or set turnstone.directory to a directory on another disk."
                                : ""),
                cause);
    }
}
