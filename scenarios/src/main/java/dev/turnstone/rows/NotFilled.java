package dev.turnstone.rows;

import dev.turnstone.schema.ObjectId;

/**
 * A table for which no row was found that the database accepts.
 *
 * @param table the table
 * @param constraint the constraint that refused the rows, for a person, for example {@code check ck_books_isbn}
 * @param words the message of the database for the last row that was tried
 */
public record NotFilled(ObjectId table, String constraint, String words) {}
