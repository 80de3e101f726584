package dev.turnstone.assertions;

import dev.turnstone.snapshot.SchemaSnapshot;
import javax.sql.DataSource;

/** The entry points, to be imported statically beside AssertJ's own. */
public final class TurnstoneAssertions {

    private TurnstoneAssertions() {}

    /** Begins an assertion about a snapshot. */
    public static SchemaSnapshotAssert assertThat(SchemaSnapshot snapshot) {
        return new SchemaSnapshotAssert(snapshot);
    }

    /** Begins an assertion about the schema that a data source's connections see now. */
    public static SchemaSnapshotAssert assertThatSchema(DataSource dataSource) {
        return new SchemaSnapshotAssert(SchemaSnapshot.of(dataSource));
    }
}
