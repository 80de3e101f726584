package dev.turnstone.database;

/** The source of the PostgreSQL server. */
public enum PostgresSource {
    /**
     * The server of a URL. Without a URL: a server in a container if Testcontainers and a Docker engine are available,
     * else an embedded server.
     */
    AUTO,
    /** Only the server of a URL. */
    URL,
    /** A server in a container. A URL is ignored. */
    DOCKER,
    /** An embedded server, which is started for the run. A URL is ignored. */
    EMBEDDED
}
