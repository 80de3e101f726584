/** The scenario {@code crash}: upgrades that continue after a cut connection. */
@NullMarked
package dev.turnstone.scenario.crash;

import org.jspecify.annotations.NullMarked;
