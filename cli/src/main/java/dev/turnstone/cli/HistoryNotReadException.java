package dev.turnstone.cli;

import dev.turnstone.error.TurnstoneException;

/** A file of a history cannot be read; says besides what was recognised so far. */
final class HistoryNotReadException extends TurnstoneException {

    private final String kind;

    HistoryNotReadException(TurnstoneException failure, String recognised) {
        super(failure.getMessage() + "\nRecognised so far: " + recognised, failure);
        this.kind = failure.kind();
    }

    /** {@inheritDoc} That of what is wrong with the file. */
    @Override
    public String kind() {
        return kind;
    }
}
