package dev.turnstone.snapshot;

import dev.turnstone.schema.SchemaDiff;

/** The result of comparing a schema with its snapshot file. */
public sealed interface SnapshotCheck {

    /** Both are equal. */
    record Same() implements SnapshotCheck {}

    /**
     * The file was written.
     *
     * @param created whether it did not exist before
     */
    record Written(boolean created) implements SnapshotCheck {}

    /** The file does not exist, and the mode does not allow writing it. */
    record Missing() implements SnapshotCheck {}

    /** The file is of another dialect. */
    record OtherDialect(String expected) implements SnapshotCheck {}

    /**
     * They differ.
     *
     * @param difference the difference from the file's schema to the actual one
     */
    record Different(SchemaDiff difference) implements SnapshotCheck {}
}
