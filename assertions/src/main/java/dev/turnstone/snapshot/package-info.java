/**
 * A schema as it was in a database at one moment.
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
