package dev.turnstone.assertions;

import dev.turnstone.snapshot.SchemaSnapshot;
import javax.sql.DataSource;
import org.assertj.core.api.SoftAssertionsProvider;
import org.jspecify.annotations.Nullable;

/**
 * Soft assertions about schemas, to be mixed into a class with a user's other soft assertions.
 *
 * <pre>{@code
 * class OurSoftAssertions extends SoftAssertions implements SchemaSoftAssertionsProvider { }
 * }</pre>
 */
public interface SchemaSoftAssertionsProvider extends SoftAssertionsProvider {

    /** Begins an assertion about a snapshot; failures, those of its tables and columns too, are kept. */
    default SchemaSnapshotAssert assertThat(@Nullable SchemaSnapshot snapshot) {
        return new SchemaSnapshotAssert(snapshot, this::collectAssertionError);
    }

    /** Begins an assertion about a database; failures are kept. */
    default DatabaseAssert assertThat(DataSource dataSource) {
        return new DatabaseAssert(dataSource, this::collectAssertionError);
    }
}
