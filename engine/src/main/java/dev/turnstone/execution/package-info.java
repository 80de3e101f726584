/**
 * Runs steps on a connection: each with its version row, in one transaction where that is possible.
 *
 * <p>Depends on all other packages of the engine but {@code dev.turnstone} itself.
 */
@NullMarked
package dev.turnstone.execution;

import org.jspecify.annotations.NullMarked;
