/**
 * The differences between databases: rendering operations, splitting SQL, reading the catalog, locking.
 *
 * <p>Depends on {@code dev.turnstone.operation} and {@code dev.turnstone.schema}.
 */
@NullMarked
package dev.turnstone.dialect;

import org.jspecify.annotations.NullMarked;
