package dev.turnstone.assertions;

import dev.turnstone.snapshot.SchemaSnapshot;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The entry points, to be imported statically beside AssertJ's own: the compiler tells them apart by what is asserted.
 *
 * <p>For soft assertions see {@link SchemaSoftAssertions}.
 */
public final class TurnstoneAssertions {

    private TurnstoneAssertions() {}

    /** Begins an assertion about a snapshot. */
    public static SchemaSnapshotAssert assertThat(@Nullable SchemaSnapshot snapshot) {
        return new SchemaSnapshotAssert(snapshot, Failures.THROWN);
    }

    /**
     * Begins an assertion about a database, its schema and its rows.
     *
     * @throws dev.turnstone.execution.DatabaseException when the schema cannot be read
     */
    public static DatabaseAssert assertThat(DataSource dataSource) {
        return new DatabaseAssert(dataSource, Failures.THROWN);
    }

    /** Begins an assertion about the schema that a data source's connections see now. */
    public static SchemaSnapshotAssert assertThatSchema(DataSource dataSource) {
        return assertThat(SchemaSnapshot.of(dataSource));
    }
}
