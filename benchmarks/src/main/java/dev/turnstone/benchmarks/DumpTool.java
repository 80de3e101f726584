package dev.turnstone.benchmarks;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.Scope;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The database's own program that prints a schema: {@code pg_dump -s}, {@code sqlite3 .schema}. */
final class DumpTool {

    private static final Pattern MAJOR = Pattern.compile("(\\d+)\\.\\d+");

    private final List<String> dump;
    private final List<String> nothing;

    private DumpTool(List<String> dump, List<String> nothing) {
        this.dump = dump;
        this.nothing = nothing;
    }

    /**
     * Returns the tool for the database of a connection.
     *
     * @param serverUrl the JDBC URL of the server, with user and password; unused on SQLite
     */
    static DumpTool of(String dialect, Connection connection, Scope scope, String serverUrl) throws SQLException {
        if (Dialects.named(dialect).storesDatabaseInFile()) {
            String file = connection.getMetaData().getURL().replaceFirst("^jdbc:sqlite:", "");
            return new DumpTool(List.of("sqlite3", "-readonly", file, ".schema"), List.of("sqlite3", "-version"));
        }
        String url = serverUrl.replaceFirst("^jdbc:", "");
        return new DumpTool(List.of("pg_dump", "-s", "-n", scope.schema(), "-d", url), List.of("pg_dump", "--version"));
    }

    /** Returns whether the tool is installed and supports a major version of the server. */
    static boolean isThere(String dialect, int serverMajor) throws InterruptedException {
        try {
            String version = new String(
                    start(List.of(Dialects.named(dialect).storesDatabaseInFile() ? "sqlite3" : "pg_dump", "--version"))
                            .getInputStream()
                            .readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            Matcher number = MAJOR.matcher(version.toLowerCase(Locale.ROOT));
            return number.find()
                    && (Dialects.named(dialect).storesDatabaseInFile()
                            || Integer.parseInt(number.group(1)) >= serverMajor);
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /**
     * Runs the tool.
     *
     * @return the number of bytes that it printed
     * @throws IOException when it fails
     */
    int dump() throws IOException, InterruptedException {
        return run(dump);
    }

    /** Starts the program without a dump, to measure the start of the process alone. */
    int nothing() throws IOException, InterruptedException {
        return run(nothing);
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        Process process = start(command);
        byte[] printed = process.getInputStream().readAllBytes();
        int status = process.waitFor();
        if (status != 0 || printed.length == 0) {
            throw new IOException(command.get(0) + " ended with " + status + ": "
                    + new String(printed, java.nio.charset.StandardCharsets.UTF_8));
        }
        return printed.length;
    }
}
