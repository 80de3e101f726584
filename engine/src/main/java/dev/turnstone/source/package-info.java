/**
 * Where revisions come from: SQL files of our own format, annotated classes, other tools' files.
 *
 * <p>Depends on {@code dev.turnstone.revision} and {@code dev.turnstone.operation}; opens no database.
 */
@NullMarked
package dev.turnstone.source;

import org.jspecify.annotations.NullMarked;
