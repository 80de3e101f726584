package dev.turnstone.database;

/** How a test is isolated from others on a PostgreSQL server. On SQLite, each test has its own file. */
public enum Isolation {
    /** A separate schema in a shared database: fast, and needs no right to create databases. */
    SCHEMA,
    /** A separate database, for histories that name {@code public} or objects outside a schema. */
    DATABASE
}
