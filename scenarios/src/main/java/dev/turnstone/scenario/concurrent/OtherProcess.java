package dev.turnstone.scenario.concurrent;

import dev.turnstone.dialect.JdbcDataSource;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.HistoryPlace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A start of the engine in another process, from the side of the process that creates it.
 *
 * <p>The settings of the other process go through its standard input, because other users can read arguments and
 * environment variables, and the settings contain a password.
 */
final class OtherProcess implements AutoCloseable {

    /** The line that ends the settings on the standard input. */
    static final String END = "end";

    static final String READY = "ready";
    static final String GO = "go";
    static final String RAN = "ran ";
    static final String DONE = "done";
    static final String FAILED = "failed ";

    private static final int GRACE_SECONDS = 5;

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    private OtherProcess(Process process) {
        this.process = process;
        in = process.outputWriter(StandardCharsets.UTF_8);
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    static OtherProcess begin(HistoryPlace place, JdbcDataSource database) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartInOtherProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        OtherProcess other = new OtherProcess(process);
        Properties properties = new Properties();
        place.write(properties);
        database.write(properties);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        other.send(text + END);
        return other;
    }

    private void send(String line) throws IOException {
        in.write(line);
        in.write('\n');
        in.flush();
    }

    /**
     * Waits until the other process has loaded the history and opened a connection.
     *
     * @throws IOException if the other process ends or reports a failure before that
     */
    void awaitReady() throws IOException {
        String line = out.readLine();
        if (line == null || !line.equals(READY)) {
            throw new IOException("The other process could not begin: " + (line == null ? "it ended" : line));
        }
    }

    /**
     * Lets the other process upgrade, and waits for the end of the upgrade.
     *
     * @return the result; the end of the process without a result is a failure
     */
    SimultaneousStarts.Start upgrade() throws IOException {
        send(GO);
        List<RevisionId> ran = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(RAN)) {
                ran.add(RevisionId.spelled(line.substring(RAN.length())));
            } else if (line.equals(DONE)) {
                return new SimultaneousStarts.Start(ran, null);
            } else if (line.startsWith(FAILED)) {
                return new SimultaneousStarts.Start(
                        ran, line.substring(FAILED.length()).replace('\t', '\n'));
            }
        }
        return new SimultaneousStarts.Start(ran, "The process ended before it said how it went.");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
