/** Reads the migration files of other tools, and converts them to Turnstone's own format. */
@NullMarked
package dev.turnstone.format;

import org.jspecify.annotations.NullMarked;
