/**
 * The common base class of all failures.
 *
 * <p>Each typed exception extends {@link dev.turnstone.error.TurnstoneException} and is in the package that throws it.
 * Depends on nothing.
 */
@NullMarked
package dev.turnstone.error;

import org.jspecify.annotations.NullMarked;
