/** Renders operations as SQL for PostgreSQL. */
@NullMarked
package dev.turnstone.dialect.postgresql.render;

import org.jspecify.annotations.NullMarked;
