/**
 * The version table, which stores the applied revisions of a database.
 *
 * <p>Its layout is Alembic's: one column {@code version_num}, one row for each head. Depends on {@code
 * dev.turnstone.revision} and {@code dev.turnstone.dialect}.
 */
@NullMarked
package dev.turnstone.history;

import org.jspecify.annotations.NullMarked;
