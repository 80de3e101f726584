/**
 * Where revisions come from: SQL files of our own format, annotated classes, other tools' files.
 *
 * <p>Depends on {@code dev.turnstone.revision}, {@code dev.turnstone.operation} and, to tell a marker from a line of a
 * quoted body, on the splitter of {@code dev.turnstone.dialect}; opens no database.
 */
@NullMarked
package dev.turnstone.source;

import org.jspecify.annotations.NullMarked;
