/** Writes the SQL of a run to a script instead of running it. */
@NullMarked
package dev.turnstone.execution.offline;

import org.jspecify.annotations.NullMarked;
