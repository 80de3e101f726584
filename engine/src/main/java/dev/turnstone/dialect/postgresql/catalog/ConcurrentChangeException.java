package dev.turnstone.dialect.postgresql.catalog;

/**
 * Signals within the reader that another session changed the schema during the read, so that the read must be repeated.
 */
final class ConcurrentChangeException extends RuntimeException {

    ConcurrentChangeException(String message) {
        super(message);
    }
}
