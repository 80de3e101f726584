package dev.turnstone.rows;

import dev.turnstone.schema.ObjectId;

/**
 * A table for which no row was found that the database takes.
 *
 * @param table the table
 * @param constraint what stands against it, for a person, for example {@code check ck_books_isbn}
 * @param words what the database said to the last row that was tried
 */
public record NotFilled(ObjectId table, String constraint, String words) {}
