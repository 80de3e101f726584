package dev.turnstone.revision;

/** The two ways through a history. */
public enum Direction {
    UPGRADE,
    DOWNGRADE
}
