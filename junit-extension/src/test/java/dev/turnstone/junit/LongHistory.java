package dev.turnstone.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A history as long as one of some years: tables, columns, indexes, rows and views. */
final class LongHistory {

    private LongHistory() {}

    /** Writes it, in place of an older one of the same length. Its ids are {@code ab}, and a number of ten digits. */
    static void write(Path directory, int revisions) throws IOException {
        Files.createDirectories(directory);
        String parent = "";
        for (int number = 1; number <= revisions; number++) {
            String id = String.format("ab%010d", number);
            String table = "t" + (number - 1) / 5;
            String upgrade;
            String downgrade;
            switch ((number - 1) % 5) {
                case 0 -> {
                    upgrade = "CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, name TEXT NOT NULL)";
                    downgrade = "DROP TABLE " + table;
                }
                case 1 -> {
                    upgrade = "ALTER TABLE " + table + " ADD COLUMN note TEXT";
                    downgrade = "ALTER TABLE " + table + " DROP COLUMN note";
                }
                case 2 -> {
                    upgrade = "CREATE INDEX ix_" + table + " ON " + table + " (name)";
                    downgrade = "DROP INDEX ix_" + table;
                }
                case 3 -> {
                    upgrade = "INSERT INTO " + table + " (id, name) VALUES (1, 'a'), (2, 'b')";
                    downgrade = "DELETE FROM " + table;
                }
                default -> {
                    upgrade = "CREATE VIEW v_" + table + " AS SELECT id, name FROM " + table;
                    downgrade = "DROP VIEW v_" + table;
                }
            }
            Files.writeString(
                    directory.resolve("20260101_0900_" + id + "_step.sql"),
                    "-- revision: " + id + "\n" + (parent.isEmpty() ? "" : "-- parents: " + parent + "\n")
                            + "-- message: step " + number + "\n\n-- upgrade\n" + upgrade + ";\n\n-- downgrade\n"
                            + downgrade + ";\n");
            parent = id;
        }
    }
}
