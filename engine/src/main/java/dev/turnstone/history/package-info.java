/**
 * The table in which a database keeps what is applied to it.
 *
 * <p>Its layout is Alembic's: one column {@code version_num}, one row for each head. Depends on {@code
 * dev.turnstone.revision} and {@code dev.turnstone.dialect}.
 */
@NullMarked
package dev.turnstone.history;

import org.jspecify.annotations.NullMarked;
