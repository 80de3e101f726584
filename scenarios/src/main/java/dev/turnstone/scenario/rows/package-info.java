/** The scenario rows: what revisions do to generated rows and to rows of the user. */
@NullMarked
package dev.turnstone.scenario.rows;

import org.jspecify.annotations.NullMarked;
