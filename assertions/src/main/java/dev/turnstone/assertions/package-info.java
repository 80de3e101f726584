/**
 * AssertJ assertions about schemas and rows.
 *
 * <pre>{@code
 * assertThat(snapshot).hasOnlyTables("jobs", "workers").has(ObjectKind.INDEX, "ix_jobs_status");
 * assertThat(afterDowngrade).isEqualTo(beforeUpgrade);
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.snapshot}; it only formats a {@link dev.turnstone.schema.SchemaDiff}.
 */
@NullMarked
package dev.turnstone.assertions;

import org.jspecify.annotations.NullMarked;
