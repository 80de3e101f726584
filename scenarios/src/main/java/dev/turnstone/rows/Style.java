package dev.turnstone.rows;

/** How daring generated rows are. */
public enum Style {
    /** Common values, boundary values, NULL wherever it is allowed, texts of other scripts, empty and equal values. */
    VARIED(5, 0),
    /** Common values only, none NULL; as much alike a careful user's rows as can be. */
    PLAIN(2, 7_000),
    /** One row in each table, with equal values in all columns of a type: whatever is joined finds its match. */
    EQUAL(1, 9_000),
    /** One row in each table, with NULL wherever it is allowed. */
    SPARSE(1, 9_500);

    private final int rows;
    private final int firstNumber;

    Style(int rows, int firstNumber) {
        this.rows = rows;
        this.firstNumber = firstNumber;
    }

    /** How many rows a table gets. */
    int rows() {
        return rows;
    }

    /** Where numbers begin, so that one style's keys are not another's. */
    int firstNumber() {
        return firstNumber;
    }
}
