package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a revision that rebuilds a table would leave rows that refer to nothing. */
public final class DanglingRowsException extends TurnstoneException {

    private final List<String> rows;

    /**
     * @param rows each as words: how many of which table refer to which
     */
    public DanglingRowsException(List<String> rows) {
        super("The revision rebuilds a table, and afterwards rows would refer to nothing: " + String.join("; ", rows)
                + ". It was rolled back. During a rebuild the database does not act on foreign keys (ON DELETE CASCADE"
                + " and the like): change such rows in a revision of their own, or delete the referring rows first.");
        this.rows = List.copyOf(rows);
    }

    /** Each as words: how many rows of which table refer to which. */
    public List<String> rows() {
        return rows;
    }
}
