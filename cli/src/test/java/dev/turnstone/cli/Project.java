package dev.turnstone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A directory with revisions and a configuration, and the commands run on it. */
record Project(Path directory) {

    static Project with(Path directory, String... revisions) throws IOException {
        Files.createDirectories(directory.resolve("revisions"));
        Project project = new Project(directory);
        project.configure("locations = [\"revisions\"]\nurl = \"sqlite:///" + directory.resolve("app.db") + "\"\n");
        for (String revision : revisions) {
            project.revision(revision);
        }
        return project;
    }

    void configure(String toml) throws IOException {
        Files.writeString(directory.resolve("turnstone.toml"), toml);
    }

    /** A revision that makes a table: {@code b1 <- a1 "make b"}, with further header lines behind. */
    void revision(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        String parents = parts[1].equals("-") ? "" : "-- parents: " + parts[1] + "\n";
        Files.writeString(directory.resolve("revisions").resolve(parts[0] + ".sql"), """
                -- revision: %s
                %s-- message: %s

                -- upgrade
                CREATE TABLE t_%s (id INTEGER PRIMARY KEY);

                -- downgrade
                DROP TABLE t_%s;
                """.formatted(
                        parts[0], parents, parts[2], parts[0], parts[0]));
    }

    Run run(String... arguments) {
        return run(Map.of(), arguments);
    }

    Run run(Map<String, String> environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--config=" + directory.resolve("turnstone.toml"));
        return Run.with(environment, all.toArray(String[]::new));
    }
}
