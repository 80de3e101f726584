/** Locks that keep several processes from migrating one PostgreSQL database at a time. */
@NullMarked
package dev.turnstone.dialect.postgresql.lock;

import org.jspecify.annotations.NullMarked;
