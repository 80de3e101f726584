package dev.turnstone.database;

/** How a test is kept apart from others on a server. On SQLite, both mean a file of its own. */
public enum Isolation {
    /** A schema of its own in a shared database: fast, and needs no right to create databases. */
    SCHEMA,
    /** A database of its own: for what names {@code public}, or reaches beyond a schema. */
    DATABASE
}
