package dev.turnstone.operation;

/**
 * SQL as its author wrote it: zero or more statements.
 *
 * @param text the text
 * @param start the location of its first character
 */
public record SqlText(String text, Location start) {}
