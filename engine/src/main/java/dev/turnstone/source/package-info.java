/**
 * Sources of revisions: SQL files of Turnstone's own format, annotated classes, and the files of other tools.
 *
 * <p>This package opens no database. It depends on {@code dev.turnstone.revision}, {@code dev.turnstone.operation} and,
 * to distinguish a marker from a line of a quoted body, on the statement splitter of {@code dev.turnstone.dialect}.
 */
@NullMarked
package dev.turnstone.source;

import org.jspecify.annotations.NullMarked;
