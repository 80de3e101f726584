/** Reads schemas and rows from the system catalogs of PostgreSQL. */
@NullMarked
package dev.turnstone.dialect.postgresql.catalog;

import org.jspecify.annotations.NullMarked;
