/** The scenario {@code locks}: the tables that a revision locks, rewrites and scans. */
@NullMarked
package dev.turnstone.scenario.locks;

import org.jspecify.annotations.NullMarked;
