/**
 * The interface that a migration implements, and the operations that it records.
 *
 * <pre>{@code
 * public void upgrade(Operations op) {
 *     if (!op.columns("jobs").contains("priority")) {
 *         op.addColumn("jobs", Column.of("priority", ColumnType.integer()).notNull().withDefault("0"));
 *     }
 * }
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.schema}; independent of databases.
 */
@NullMarked
package dev.turnstone.operation;

import org.jspecify.annotations.NullMarked;
