package dev.turnstone.snapshot;

import dev.turnstone.schema.SchemaDiff;

/** How a schema and its snapshot file agree. */
public sealed interface SnapshotCheck {

    /** Both are the same. */
    record Same() implements SnapshotCheck {}

    /**
     * The file was written.
     *
     * @param created whether there was none before
     */
    record Written(boolean created) implements SnapshotCheck {}

    /** There is no file, and none is written on this machine. */
    record Missing() implements SnapshotCheck {}

    /** The file is of another dialect. */
    record OtherDialect(String expected) implements SnapshotCheck {}

    /** They differ: {@code difference} is what happened to the file's schema. */
    record Different(SchemaDiff difference) implements SnapshotCheck {}
}
