package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;

/** Thrown when the files of a directory do not tell which format their history is in. */
public final class UnclearFormatException extends TurnstoneException {

    UnclearFormatException(String message) {
        super(message);
    }
}
