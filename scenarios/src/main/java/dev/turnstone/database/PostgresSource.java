package dev.turnstone.database;

/** Where a PostgreSQL server comes from. */
public enum PostgresSource {
    /**
     * The server that a URL names; where none does, one in a container, where Testcontainers and a Docker engine are there;
     * else an embedded one.
     */
    AUTO,
    /** The server that a URL names, and no other. */
    URL,
    /** A server in a container, whatever URL is given. */
    DOCKER,
    /** A server that is started for the run, whatever URL is given. */
    EMBEDDED
}
