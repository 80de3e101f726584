package dev.turnstone.rows;

import dev.turnstone.schema.ObjectId;

/**
 * One way in which the rows of a table differ.
 *
 * @param table the table
 * @param kind what became of the rows
 * @param detail what exactly, for a person, with values
 */
public record RowDifference(ObjectId table, Kind kind, String detail) {

    /** What can become of rows. */
    public enum Kind {
        /** A row is gone, or a value of a column, of which nothing is left. */
        LOST,
        /** A value is another. */
        CHANGED,
        /** There is a row that was not there. */
        ADDED
    }
}
