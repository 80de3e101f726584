package dev.turnstone.revision;

/** One change of one row of the version table. */
public sealed interface RowChange {

    /** A new row. */
    record Insert(RevisionId id) implements RowChange {}

    /** A row that is deleted. */
    record Delete(RevisionId id) implements RowChange {}

    /** A row that is changed to another revision. */
    record Update(RevisionId from, RevisionId to) implements RowChange {}
}
