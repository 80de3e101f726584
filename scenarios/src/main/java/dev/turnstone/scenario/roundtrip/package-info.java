/** The scenarios fresh-install, stamp-then-noop, up-down-up and cross-dialect. */
@NullMarked
package dev.turnstone.scenario.roundtrip;

import org.jspecify.annotations.NullMarked;
