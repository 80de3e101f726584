/** PostgreSQL: its spelling, its catalog, its locks. */
@NullMarked
package dev.turnstone.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
