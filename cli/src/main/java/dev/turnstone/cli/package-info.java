/** The {@code turnstone} command. Depends on everything else. */
@NullMarked
package dev.turnstone.cli;

import org.jspecify.annotations.NullMarked;
