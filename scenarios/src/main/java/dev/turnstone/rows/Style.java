package dev.turnstone.rows;

/** The kind of values in generated rows. */
public enum Style {
    /** Common values, boundary values, NULL if it is allowed, texts in other scripts, empty and equal values. */
    VARIED(5, 0),
    /** Common values only, without NULL. */
    PLAIN(2, 7_000),
    /** One row in each table, with equal values in all columns of a type, so that joins find a match. */
    EQUAL(1, 9_000),
    /** One row in each table, with NULL if it is allowed. */
    SPARSE(1, 9_500);

    private final int rows;
    private final int firstNumber;

    Style(int rows, int firstNumber) {
        this.rows = rows;
        this.firstNumber = firstNumber;
    }

    /** Returns the number of rows for each table. */
    int rows() {
        return rows;
    }

    /** Returns the first number, so that the styles have different keys. */
    int firstNumber() {
        return firstNumber;
    }
}
