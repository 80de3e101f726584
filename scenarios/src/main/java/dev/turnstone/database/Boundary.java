package dev.turnstone.database;

/** What separates a history under test from everything that Turnstone did not create. */
public enum Boundary {
    /** A PostgreSQL server that Turnstone started on this host. The server's programs and files are those of this host. */
    OWN_SERVER,
    /** A PostgreSQL server that Turnstone started in a container. */
    CONTAINER,
    /** A database of the run on a server given by URL. Its role has no rights outside that database. */
    OWN_ROLE,
    /** A database of the run on a server given by URL. The history has the rights of the URL's role. */
    OWN_DATABASE,
    /** A schema in the database that the URL names. The history has the rights of the URL's role. */
    SCHEMA_ONLY,
    /** An SQLite file of the test. */
    FILE
}
