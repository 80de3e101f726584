package dev.turnstone.database;

/** Where a PostgreSQL server comes from. */
public enum PostgresSource {
    /** The server that a URL names, and where none does, an embedded one. */
    AUTO,
    /** The server that a URL names, and no other. */
    URL,
    /** A server that is started for the run, whatever URL is given. */
    EMBEDDED
}
