package dev.turnstone.dialect;

/**
 * The program that comes with a database and runs scripts.
 *
 * @param program its name
 * @param stopAtFailure the line that makes it end at the first statement that fails
 */
public record ScriptClient(String program, String stopAtFailure) {}
