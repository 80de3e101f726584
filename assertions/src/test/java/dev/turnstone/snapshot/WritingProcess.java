package dev.turnstone.snapshot;

import java.nio.file.Path;
import java.sql.SQLException;

/** A process that repeatedly writes one of two snapshots to a file. */
final class WritingProcess {

    private WritingProcess() {}

    static SchemaSnapshot snapshot(String name) throws SQLException {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            sql.append("CREATE TABLE ").append(name).append(i).append(" (id INTEGER PRIMARY KEY, note TEXT);");
        }
        try (ScratchDatabase database = ScratchDatabase.of("sqlite", sql.toString())) {
            return database.snapshot();
        }
    }

    /**
     * Writes the file.
     *
     * @param arguments the file, the name of the tables, and the number of times
     */
    public static void main(String[] arguments) throws SQLException {
        SchemaSnapshot snapshot = snapshot(arguments[1]);
        SnapshotFile file = SnapshotFile.at(Path.of(arguments[0]));
        for (int i = Integer.parseInt(arguments[2]); i > 0; i--) {
            file.write(snapshot);
        }
    }
}
