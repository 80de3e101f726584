/** The SQLite dialect: renders SQL, reads the catalog, and locks concurrent starts. */
@NullMarked
package dev.turnstone.dialect.sqlite;

import org.jspecify.annotations.NullMarked;
