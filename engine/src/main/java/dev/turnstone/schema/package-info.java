/**
 * The one model of a schema: what a database holds, what an operation makes, what two databases differ in.
 *
 * <pre>{@code
 * SchemaDiff diff = SchemaDiff.between(before, after);
 * diff.differences().forEach(System.out::println); // added index ix_jobs_status (columns status, on jobs)
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.error} only; knows no database.
 */
@NullMarked
package dev.turnstone.schema;

import org.jspecify.annotations.NullMarked;
