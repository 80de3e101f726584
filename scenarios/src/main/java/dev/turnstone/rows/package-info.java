/**
 * Rows for tables: generated from a schema's model so that they satisfy its constraints, or read from the user's files, and
 * read back for comparison.
 *
 * <pre>{@code
 * RowGenerator generator = new RowGenerator(dialect, scope, 1);
 * List<NotFilled> empty = generator.fill(connection, schema, schema.tables(), Style.VARIED, Map.of());
 * }</pre>
 *
 * <p>The database itself checks the constraints: a refused row is changed in the columns that the error names, and inserted
 * again. Depends on the engine's model and dialects, but not on scenarios and JUnit.
 */
@NullMarked
package dev.turnstone.rows;

import org.jspecify.annotations.NullMarked;
