/** The PostgreSQL dialect: renders SQL, reads the catalog, and locks concurrent starts. */
@NullMarked
package dev.turnstone.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
