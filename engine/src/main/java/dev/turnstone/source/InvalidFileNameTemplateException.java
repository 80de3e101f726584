package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;

/** Thrown for an invalid template of file names. */
public final class InvalidFileNameTemplateException extends TurnstoneException {

    InvalidFileNameTemplateException(String template, String problem) {
        super("The file name template '" + template + "' " + problem
                + ". Use {revision}, and optionally {date}, {time} and {slug}, each once, as in "
                + FileNameTemplate.DEFAULT_TEMPLATE + ".");
    }
}
