/** The bundled engine as a migration tool under test. */
@NullMarked
package dev.turnstone.tool;

import org.jspecify.annotations.NullMarked;
