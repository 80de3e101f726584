package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a revision that rebuilds a table would leave rows that violate foreign keys. */
public final class DanglingRowsException extends TurnstoneException {

    private final List<String> rows;

    /** @param rows one description for each foreign key: the number of rows, their table and the referenced table */
    public DanglingRowsException(List<String> rows) {
        super("The revision rebuilds a table, and afterwards rows would refer to nothing: " + String.join("; ", rows)
                + ". It was rolled back. During a rebuild the database does not enforce foreign keys and does not run"
                + " their actions, such as ON DELETE CASCADE. Change these rows in a separate revision, or delete the"
                + " referencing rows first.");
        this.rows = List.copyOf(rows);
    }

    /** Returns one description for each foreign key: the number of rows, their table and the referenced table. */
    public List<String> rows() {
        return rows;
    }
}
