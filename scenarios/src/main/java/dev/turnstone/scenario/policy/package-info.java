/** The scenario policies: what a team allows in its history. */
@NullMarked
package dev.turnstone.scenario.policy;

import org.jspecify.annotations.NullMarked;
