/**
 * Runs steps on a connection. Each step and its version row are one transaction if possible.
 *
 * <p>Depends on all other packages of the engine but {@code dev.turnstone} itself.
 */
@NullMarked
package dev.turnstone.execution;

import org.jspecify.annotations.NullMarked;
