/**
 * The model of a schema, and the difference between two schemas.
 *
 * <pre>{@code
 * SchemaDiff diff = SchemaDiff.between(before, after);
 * diff.differences().forEach(System.out::println); // + index ix_jobs_status (keys status, on jobs)
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.error} only; independent of databases and dialects.
 */
@NullMarked
package dev.turnstone.schema;

import org.jspecify.annotations.NullMarked;
