/** Moves a test database through a history, observes it, and reports findings. All scenarios use it. */
@NullMarked
package dev.turnstone.scenario.cursor;

import org.jspecify.annotations.NullMarked;
