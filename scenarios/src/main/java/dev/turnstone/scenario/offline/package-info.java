/** The scenario {@code offline}: an offline script has the same effect as a run. */
@NullMarked
package dev.turnstone.scenario.offline;

import org.jspecify.annotations.NullMarked;
