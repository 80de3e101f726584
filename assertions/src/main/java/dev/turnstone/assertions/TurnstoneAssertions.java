package dev.turnstone.assertions;

import dev.turnstone.snapshot.SchemaSnapshot;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The entry points, for a static import beside those of AssertJ. The compiler selects the method by the type of the
 * argument.
 *
 * <p>For soft assertions see {@link SchemaSoftAssertions}.
 */
public final class TurnstoneAssertions {

    private TurnstoneAssertions() {}

    /** Starts an assertion about a snapshot. */
    public static SchemaSnapshotAssert assertThat(@Nullable SchemaSnapshot snapshot) {
        return new SchemaSnapshotAssert(snapshot, Failures.THROWN);
    }

    /**
     * Starts an assertion about a database, its schema and its rows.
     *
     * @throws dev.turnstone.execution.DatabaseException if the schema cannot be read
     */
    public static DatabaseAssert assertThat(DataSource dataSource) {
        return new DatabaseAssert(dataSource, Failures.THROWN);
    }

    /** Starts an assertion about the current schema of a data source's connections. */
    public static SchemaSnapshotAssert assertThatSchema(DataSource dataSource) {
        return assertThat(SchemaSnapshot.of(dataSource));
    }
}
