package dev.turnstone.rows;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a text is not valid CSV with a header line. */
public final class MalformedCsvException extends TurnstoneException {

    private final int line;

    MalformedCsvException(int line, String what) {
        super("Line " + line + ": " + what + ".");
        this.line = line;
    }

    /** Returns the invalid line, counted from 1. */
    public int line() {
        return line;
    }
}
