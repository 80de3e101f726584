package dev.turnstone.cli;

import dev.turnstone.error.TurnstoneException;

/** Thrown for something that the command line knows by name and cannot do yet. */
final class NotAvailableException extends TurnstoneException {

    NotAvailableException(String what) {
        super(what + " is not available in this version.");
    }
}
