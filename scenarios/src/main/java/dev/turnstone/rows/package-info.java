/**
 * Rows for tables: generated from a schema's model, so that they satisfy its constraints, or read from the user's files; and
 * read back for comparison.
 *
 * <pre>{@code
 * RowGenerator generator = new RowGenerator(dialect, scope, 1);
 * List<NotFilled> empty = generator.fill(connection, schema, schema.tables(), Style.VARIED, Map.of());
 * }</pre>
 *
 * <p>The database itself is the judge of what a constraint allows: a row that it refuses is changed where the refusal
 * points, and offered again. Depends on the engine's model and dialects; knows nothing of scenarios and JUnit.
 */
@NullMarked
package dev.turnstone.rows;

import org.jspecify.annotations.NullMarked;
