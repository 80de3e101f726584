/**
 * Determines from the statements of a history what it can change outside its own database, before any of them runs.
 *
 * <pre>{@code
 * StatementAnalysis.of("DROP ROLE app").reasons();
 * // [changes the server outside its database (DROP ROLE APP)]
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.database} and the engine's dialects. Opens no connection.
 */
@NullMarked
package dev.turnstone.boundary;

import org.jspecify.annotations.NullMarked;
