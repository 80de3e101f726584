package dev.turnstone.assertions;

import dev.turnstone.snapshot.SchemaSnapshot;
import javax.sql.DataSource;

/** Assertions about a database: its schema and its rows, as they are when asked. */
public final class DatabaseAssert extends PartAssert<DatabaseAssert, DataSource> {

    private final SchemaSnapshot snapshot;

    DatabaseAssert(DataSource actual, Failures failures) {
        this(actual, SchemaSnapshot.of(actual), failures);
    }

    private DatabaseAssert(DataSource actual, SchemaSnapshot snapshot, Failures failures) {
        super(actual, DatabaseAssert.class, new Context(snapshot.dialect(), failures));
        this.snapshot = snapshot;
    }

    /** Goes on to the schema in which the connections make unqualified names. */
    public SchemaSnapshotAssert schema() {
        return new SchemaSnapshotAssert(snapshot, context().failures());
    }

    /** Goes on to a table; that there is none is a failure. */
    public TableAssert table(String name) {
        return schema().table(name);
    }

    /** Goes on to the rows of a table. */
    public RowsAssert rows(String table) {
        return new RowsAssert(actual, table, context());
    }
}
