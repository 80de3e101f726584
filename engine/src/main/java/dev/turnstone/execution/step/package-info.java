/** Runs one revision in one direction: its statements, its transaction and its version rows. */
@NullMarked
package dev.turnstone.execution.step;

import org.jspecify.annotations.NullMarked;
