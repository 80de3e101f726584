package dev.turnstone.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One revision of the benchmarks' history, as bare statements: a table of four columns, an index and one more column; the
 * downgrade drops them.
 */
record BareRevision(String id, List<String> up, List<String> down) {

    static List<BareRevision> history(int length) {
        List<BareRevision> revisions = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            String table = "t%04d".formatted(i);
            revisions.add(new BareRevision(
                    "r%04d".formatted(i),
                    List.of(
                            "CREATE TABLE " + table + " (id integer PRIMARY KEY, name varchar(80) NOT NULL,"
                                    + " amount numeric(8, 2) DEFAULT 0, made_at timestamp)",
                            "CREATE INDEX ix_" + table + "_name ON " + table + " (name)",
                            "ALTER TABLE " + table + " ADD COLUMN note text"),
                    List.of("DROP INDEX ix_" + table + "_name", "DROP TABLE " + table)));
        }
        return revisions;
    }

    /** Writes the history as revision files. */
    static void write(List<BareRevision> history, Path folder) throws IOException {
        String parent = "";
        for (BareRevision revision : history) {
            Files.writeString(
                    folder.resolve(revision.id + "_benchmark.sql"),
                    "-- revision: " + revision.id + "\n" + (parent.isEmpty() ? "" : "-- parents: " + parent + "\n")
                            + "\n-- upgrade\n" + String.join(";\n", revision.up) + ";\n\n-- downgrade\n"
                            + String.join(";\n", revision.down) + ";\n");
            parent = revision.id;
        }
    }
}
