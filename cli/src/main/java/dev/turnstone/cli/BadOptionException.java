package dev.turnstone.cli;

import dev.turnstone.error.TurnstoneException;

/** Thrown for an option, an argument or a directory that cannot be used. */
final class BadOptionException extends TurnstoneException {

    BadOptionException(String message) {
        super(message);
    }
}
