package dev.turnstone.format;

import dev.turnstone.error.TurnstoneException;

/** Thrown if the files of a directory do not show the format of the history. */
public final class UnclearFormatException extends TurnstoneException {

    UnclearFormatException(String message) {
        super(message);
    }
}
