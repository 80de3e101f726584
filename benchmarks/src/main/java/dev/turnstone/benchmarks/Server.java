package dev.turnstone.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server for all measurements, which run in processes of their own: that of {@code turnstone.postgres.url},
 * or an embedded one.
 *
 * @param url a JDBC URL with user and password
 */
record Server(String url, @Nullable EmbeddedPostgres embedded) implements AutoCloseable {

    static final String URL = "turnstone.postgres.url";

    /** @throws IOException when none is named and none starts */
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

    /** Of a measuring process: the server that it was given. */
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
