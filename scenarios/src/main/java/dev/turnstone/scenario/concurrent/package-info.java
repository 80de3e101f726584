/** The scenario concurrent-start: several processes that migrate one database. */
@NullMarked
package dev.turnstone.scenario.concurrent;

import org.jspecify.annotations.NullMarked;
