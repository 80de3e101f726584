package dev.turnstone.operation;

/**
 * SQL as an author wrote it: none, one or several statements.
 *
 * @param text the text
 * @param start where its first character stands
 */
public record SqlText(String text, Location start) {}
