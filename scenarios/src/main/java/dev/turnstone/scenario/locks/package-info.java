/** The scenario locks: what a revision locks, rewrites and scans. */
@NullMarked
package dev.turnstone.scenario.locks;

import org.jspecify.annotations.NullMarked;
