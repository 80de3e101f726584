package dev.turnstone.assertions;

import dev.turnstone.snapshot.SchemaSnapshot;
import javax.sql.DataSource;

/** Assertions about the schema and the rows of a database at the time of the assertion. */
public final class DatabaseAssert extends PartAssert<DatabaseAssert, DataSource> {

    private final SchemaSnapshot snapshot;

    DatabaseAssert(DataSource actual, Failures failures) {
        this(actual, SchemaSnapshot.of(actual), failures);
    }

    private DatabaseAssert(DataSource actual, SchemaSnapshot snapshot, Failures failures) {
        super(actual, DatabaseAssert.class, new Context(snapshot.dialect(), failures));
        this.snapshot = snapshot;
    }

    /** Returns assertions about the schema in which the connections create unqualified names. */
    public SchemaSnapshotAssert schema() {
        return new SchemaSnapshotAssert(snapshot, context().failures());
    }

    /** Returns assertions about a table. Fails if it does not exist. */
    public TableAssert table(String name) {
        return schema().table(name);
    }

    /** Returns assertions about the rows of a table. */
    public RowsAssert rows(String table) {
        return new RowsAssert(actual, table, context());
    }
}
