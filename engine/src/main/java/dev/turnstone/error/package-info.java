/**
 * What every failure of Turnstone has in common.
 *
 * <p>Each typed exception extends {@link dev.turnstone.error.TurnstoneException} and lives in the package that throws
 * it. Depends on nothing.
 */
@NullMarked
package dev.turnstone.error;

import org.jspecify.annotations.NullMarked;
