package dev.turnstone.dialect.sqlite;

import dev.turnstone.error.TurnstoneException;

/** Thrown for a definition stored in a SQLite database that cannot be understood; nothing was changed. */
public final class UnreadableDefinitionException extends TurnstoneException {

    private final String object;

    UnreadableDefinitionException(String object, String problem) {
        super("Cannot read the definition of " + object + " in sqlite_schema: " + problem
                + ". Nothing was changed. Run PRAGMA integrity_check; if it says ok, please report the definition.");
        this.object = object;
    }

    /** Kind and name of what is defined, for example {@code table jobs}. */
    public String object() {
        return object;
    }
}
