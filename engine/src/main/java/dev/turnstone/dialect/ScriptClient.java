package dev.turnstone.dialect;

/**
 * The command-line client of a database, which runs scripts.
 *
 * @param program its name
 * @param stopAtFailure the line that makes it stop at the first failing statement
 */
public record ScriptClient(String program, String stopAtFailure) {}
