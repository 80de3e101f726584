package dev.turnstone.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server for all measurements, which run in separate processes: that of {@code turnstone.postgres.url},
 * or an embedded one.
 *
 * @param url a JDBC URL with user and password
 */
record Server(String url, @Nullable EmbeddedPostgres embedded) implements AutoCloseable {

    static final String URL = "turnstone.postgres.url";

    /** @throws IOException when no server is named and the embedded server does not start */
    static Server start() throws IOException {
        String named = System.getProperty(URL, "");
        if (!named.isEmpty()) {
            return new Server(named, null);
        }
        EmbeddedPostgres started = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "off")
                .start();
        return new Server(started.getJdbcUrl("postgres", "postgres"), started);
    }

    /** Returns the server of a measuring process. */
    static String given() {
        return System.getProperty(URL, "");
    }

    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.close();
        }
    }
}
