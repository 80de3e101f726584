/**
 * The entry point of the engine: {@link dev.turnstone.Migrator}.
 *
 * <p>Depends on every other package of the engine.
 */
@NullMarked
package dev.turnstone;

import org.jspecify.annotations.NullMarked;
