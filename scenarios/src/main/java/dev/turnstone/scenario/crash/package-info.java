/** The scenario crash: cut connections and what the next run finds. */
@NullMarked
package dev.turnstone.scenario.crash;

import org.jspecify.annotations.NullMarked;
