/** The scenario offline: the script that a run writes does what the run does. */
@NullMarked
package dev.turnstone.scenario.offline;

import org.jspecify.annotations.NullMarked;
