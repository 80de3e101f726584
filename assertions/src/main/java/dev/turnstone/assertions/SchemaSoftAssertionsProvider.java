package dev.turnstone.assertions;

import dev.turnstone.snapshot.SchemaSnapshot;
import javax.sql.DataSource;
import org.assertj.core.api.SoftAssertionsProvider;
import org.jspecify.annotations.Nullable;

/**
 * Soft assertions about schemas, for a class that also contains other soft assertions.
 *
 * <pre>{@code
 * class OurSoftAssertions extends SoftAssertions implements SchemaSoftAssertionsProvider { }
 * }</pre>
 */
public interface SchemaSoftAssertionsProvider extends SoftAssertionsProvider {

    /** Starts an assertion about a snapshot; failures, including those about its tables and columns, are collected. */
    default SchemaSnapshotAssert assertThat(@Nullable SchemaSnapshot snapshot) {
        return new SchemaSnapshotAssert(snapshot, this::collectAssertionError);
    }

    /** Starts an assertion about a database; failures are collected. */
    default DatabaseAssert assertThat(DataSource dataSource) {
        return new DatabaseAssert(dataSource, this::collectAssertionError);
    }
}
