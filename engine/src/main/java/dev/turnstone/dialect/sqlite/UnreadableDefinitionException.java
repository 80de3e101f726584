package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.DamagedCatalogException;

/** Thrown if a definition stored in a SQLite database cannot be parsed. Nothing was changed. */
public final class UnreadableDefinitionException extends DamagedCatalogException {

    private final String object;

    UnreadableDefinitionException(String object, String problem) {
        super(
                "Cannot read the definition of " + object + " in sqlite_schema: " + problem
                        + ". Nothing was changed. Run PRAGMA integrity_check; if it returns ok, report the definition as a bug.");
        this.object = object;
    }

    /** Returns the kind and name of the object, for example {@code table jobs}. */
    public String object() {
        return object;
    }
}
