package dev.turnstone.database;

/** Which test databases are kept after their test. */
public enum Keep {
    /** None. */
    NEVER,
    /** Those of failed tests. */
    FAILED
}
