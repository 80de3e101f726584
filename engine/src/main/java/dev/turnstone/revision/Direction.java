package dev.turnstone.revision;

/** The direction of a step through the history. */
public enum Direction {
    UPGRADE,
    DOWNGRADE
}
