package dev.turnstone.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A history of a given length: tables, columns, indexes, rows and views, in turn. */
final class Steps {

    private record Step(String upgrade, String downgrade) {}

    private static final List<Step> KINDS = List.of(
            new Step("CREATE TABLE %1$s (id INTEGER PRIMARY KEY, name TEXT NOT NULL)", "DROP TABLE %1$s"),
            new Step("ALTER TABLE %1$s ADD COLUMN note TEXT", "ALTER TABLE %1$s DROP COLUMN note"),
            new Step("CREATE INDEX ix_%1$s ON %1$s (name)", "DROP INDEX ix_%1$s"),
            new Step("INSERT INTO %1$s (id, name) VALUES (1, 'a'), (2, 'b')", "DELETE FROM %1$s"),
            new Step("CREATE VIEW v_%1$s AS SELECT id, name FROM %1$s", "DROP VIEW v_%1$s"));

    private Steps() {}

    /**
     * Writes the history.
     *
     * @param directory the directory, which is created if it does not exist
     * @return the id of the last revision
     */
    static String write(Path directory, int revisions) throws IOException {
        Files.createDirectories(directory);
        String parent = "";
        for (int number = 1; number <= revisions; number++) {
            String id = String.format(Locale.ROOT, "be%010d", number);
            Step step = KINDS.get((number - 1) % KINDS.size());
            String table = "t" + (number - 1) / KINDS.size();
            Files.writeString(
                    directory.resolve("20260101_0900_" + id + "_step.sql"),
                    "-- revision: " + id + "\n" + (parent.isEmpty() ? "" : "-- parents: " + parent + "\n")
                            + "-- message: step " + number + "\n\n-- upgrade\n"
                            + step.upgrade.formatted(table) + ";\n\n-- downgrade\n"
                            + step.downgrade.formatted(table) + ";\n");
            parent = id;
        }
        return parent;
    }
}
