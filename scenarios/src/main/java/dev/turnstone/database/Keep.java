package dev.turnstone.database;

/** Which test databases stay when their test has ended. */
public enum Keep {
    /** None. */
    NEVER,
    /** Those of failed tests. */
    FAILED
}
