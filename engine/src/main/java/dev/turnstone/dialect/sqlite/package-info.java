/** SQLite: its spelling, its catalog, its locks. */
@NullMarked
package dev.turnstone.dialect.sqlite;

import org.jspecify.annotations.NullMarked;
