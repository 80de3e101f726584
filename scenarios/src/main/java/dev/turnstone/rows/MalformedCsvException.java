package dev.turnstone.rows;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a text is not the rows of a table with commas between their values. */
public final class MalformedCsvException extends TurnstoneException {

    private final int line;

    MalformedCsvException(int line, String what) {
        super("Line " + line + ": " + what + ".");
        this.line = line;
    }

    /** The line where it is wrong, counted from 1. */
    public int line() {
        return line;
    }
}
