/** Reads only those objects of a PostgreSQL database that changed since the previous read. */
@NullMarked
package dev.turnstone.dialect.postgresql.tracking;

import org.jspecify.annotations.NullMarked;
