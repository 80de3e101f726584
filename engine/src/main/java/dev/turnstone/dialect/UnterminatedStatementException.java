package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;

/** Thrown for SQL with an unterminated quote, comment or body. */
public final class UnterminatedStatementException extends TurnstoneException {

    private final Location location;

    /**
     * @param what the unterminated part, for example {@code dollar-quoted string $body$}
     * @param location the start of the part
     */
    public UnterminatedStatementException(String what, Location location) {
        super("The " + what + " that begins at " + location + " does not end. Nothing of this revision was run.");
        this.location = location;
    }

    private UnterminatedStatementException(Location location, String message) {
        super(message);
        this.location = location;
    }

    /** For what begins on the line of {@code COPY … FROM stdin} and would go on behind its data. */
    static UnterminatedStatementException beforeCopyData(String what, Location location) {
        return new UnterminatedStatementException(
                location,
                "The " + what + " that begins at " + location + " does not end on its line, and the data of COPY … FROM"
                        + " stdin begin on the next one. Nothing of this revision was run. Write it after the line "
                        + SqlLexer.END_OF_DATA + " that ends the data.");
    }

    /** Where the part begins that does not end. */
    public Location location() {
        return location;
    }
}
