package dev.turnstone.rows;

import dev.turnstone.schema.ObjectId;

/**
 * One way in which the rows of a table differ.
 *
 * @param table the table
 * @param kind the kind of difference
 * @param detail the difference for a person, with values
 */
public record RowDifference(ObjectId table, Kind kind, String detail) {

    /** The kinds of differences. */
    public enum Kind {
        /** A row, or all values of a column, are lost. */
        LOST,
        /** A value is different. */
        CHANGED,
        /** There is a new row. */
        ADDED
    }
}
