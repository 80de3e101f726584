package dev.turnstone.dialect.postgresql;

/** Signals within the reader that another session dropped something during the look, so that it is taken again. */
final class VanishedMeanwhileException extends RuntimeException {

    VanishedMeanwhileException(String message) {
        super(message);
    }
}
