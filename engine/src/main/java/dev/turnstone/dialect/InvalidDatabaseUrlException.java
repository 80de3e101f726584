package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a database URL that cannot be understood, or that asks for what a JDBC driver cannot do. A URL that is not
 * understood can hold a password anywhere, so no part of it is repeated but a scheme that is known.
 */
public final class InvalidDatabaseUrlException extends TurnstoneException {

    private final String url;

    /**
     * @param beginning the scheme with its colon, or the empty string where it is not known
     * @param length how many characters the URL has
     * @param setting what holds the URL, such as {@code DATABASE_URL}; null where that is not known
     * @param problem what is wrong with it, as a sentence that repeats no part that can be a password
     */
    InvalidDatabaseUrlException(String beginning, int length, @Nullable String setting, String problem) {
        super("The database URL" + (setting == null ? "" : " in " + setting) + " (" + length + " characters"
                + (beginning.isEmpty() ? "" : ", beginning with '" + beginning + "'") + ") cannot be used: " + problem
                + "\nIt is not shown, because it can hold a password. Nothing was opened. Accepted are:\n"
                + """
                  postgresql://user:password@host:5432/database?sslmode=require
                  postgres://...  and  postgresql+driver://...  (the driver is ignored)
                  sqlite:///relative.db    sqlite:////absolute.db    sqlite:///:memory:
                  jdbc:postgresql://host:5432/database    jdbc:sqlite:file.db
                Characters such as @ : / ? # in a user or password are written as %40 %3A %2F %3F %23.""");
        this.url = beginning;
    }

    /** What is known of the URL without its secrets: the scheme with its colon, or the empty string. */
    public String url() {
        return url;
    }
}
