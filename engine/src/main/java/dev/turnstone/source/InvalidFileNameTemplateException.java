package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;

/** Thrown for a template of file names that could not name a revision. */
public final class InvalidFileNameTemplateException extends TurnstoneException {

    InvalidFileNameTemplateException(String template, String problem) {
        super("The file name template '" + template + "' " + problem
                + ". Use {revision}, and {date}, {time} and {slug} where wanted, each once, as in "
                + FileNameTemplate.DEFAULT_TEMPLATE + ".");
    }
}
