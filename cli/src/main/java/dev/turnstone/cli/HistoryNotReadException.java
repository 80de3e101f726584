package dev.turnstone.cli;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a file of a history cannot be read. The message also names the formats that were recognized. */
final class HistoryNotReadException extends TurnstoneException {

    private final String kind;

    HistoryNotReadException(TurnstoneException failure, String recognised) {
        super(failure.getMessage() + "\nRecognized so far: " + recognised, failure);
        this.kind = failure.kind();
    }

    /** {@inheritDoc} It is the remedy of the cause. */
    @Override
    public String kind() {
        return kind;
    }
}
