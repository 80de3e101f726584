/** The scenario {@code rows}: the effect of revisions on generated rows and on rows of the user. */
@NullMarked
package dev.turnstone.scenario.rows;

import org.jspecify.annotations.NullMarked;
