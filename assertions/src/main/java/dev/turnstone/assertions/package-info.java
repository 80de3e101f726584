/**
 * What AssertJ can say of a schema.
 *
 * <pre>{@code
 * assertThat(snapshot).hasOnlyTables("jobs", "workers").has(ObjectKind.INDEX, "ix_jobs_status");
 * assertThat(afterDowngrade).isEqualTo(beforeUpgrade);
 * }</pre>
 *
 * <p>Depends on {@code dev.turnstone.snapshot}; it only phrases a {@link dev.turnstone.schema.SchemaDiff}.
 */
@NullMarked
package dev.turnstone.assertions;

import org.jspecify.annotations.NullMarked;
