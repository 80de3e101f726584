/**
 * Snapshots of schemas, snapshot files, and comparisons across dialects.
 *
 * <pre>{@code
 * SchemaSnapshot before = SchemaSnapshot.of(dataSource);
 * }</pre>
 *
 * <p>Depends on the engine.
 */
@NullMarked
package dev.turnstone.snapshot;

import org.jspecify.annotations.NullMarked;
