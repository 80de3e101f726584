package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;

/** Thrown for a database URL that cannot be understood, or that asks for what a JDBC driver cannot do. */
public final class InvalidDatabaseUrlException extends TurnstoneException {

    private final String url;

    /**
     * @param masked the URL without its secrets
     * @param problem what is wrong with it, as a sentence
     */
    InvalidDatabaseUrlException(String masked, String problem) {
        super("The database URL '" + masked + "' cannot be used: " + problem + "\nNothing was opened. Accepted are:\n"
                + """
                  postgresql://user:password@host:5432/database?sslmode=require
                  postgres://...  and  postgresql+driver://...  (the driver is ignored)
                  sqlite:///relative.db    sqlite:////absolute.db    sqlite:///:memory:
                  jdbc:postgresql://host:5432/database    jdbc:sqlite:file.db
                Characters such as @ : / ? # in a user or password are written as %40 %3A %2F %3F %23.""");
        this.url = masked;
    }

    /** The URL without its secrets. */
    public String url() {
        return url;
    }
}
