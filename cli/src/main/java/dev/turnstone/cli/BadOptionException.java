package dev.turnstone.cli;

import dev.turnstone.error.TurnstoneException;

/** Thrown for an option or directory that makes no sense as it is. */
final class BadOptionException extends TurnstoneException {

    BadOptionException(String message) {
        super(message);
    }
}
