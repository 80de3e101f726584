/** The scenario idempotent-rerun. */
@NullMarked
package dev.turnstone.scenario.rerun;

import org.jspecify.annotations.NullMarked;
