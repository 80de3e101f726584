package dev.turnstone.dialect.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Servers of several major versions: those whose binaries the build provides, and those that Debian packages have
 * installed.
 */
final class PostgresVersions {

    private static final Path BINARIES = Path.of("target", "postgres-binaries");
    private static final Path DEBIAN_15 = Path.of("/usr/lib/postgresql/15/bin");

    private PostgresVersions() {}

    /** A server that runs until it is closed. */
    interface Server extends AutoCloseable {
        String url();

        @Override
        void close() throws IOException;
    }

    /** Starts all available servers, the oldest first. */
    static List<Server> start() throws IOException, InterruptedException {
        List<Server> servers = new ArrayList<>();
        if (isInstalled()) {
            servers.add(startInstalled());
        }
        if (Files.isDirectory(BINARIES)) {
            try (Stream<Path> archives = Files.list(BINARIES)) {
                for (Path archive : archives.sorted().toList()) {
                    servers.add(embedded(archive));
                }
            }
        }
        return servers;
    }

    /**
     * Returns whether an installed server is available. Its client programs, such as {@code pg_dump}, do not support
     * newer servers.
     */
    static boolean isInstalled() {
        return Files.isExecutable(DEBIAN_15.resolve("initdb"))
                && Files.isExecutable(pgDump())
                && !System.getProperty("os.name").startsWith("Windows");
    }

    /** Returns the program of the installed server, independent of the search path. */
    static Path pgDump() {
        return DEBIAN_15.resolve("pg_dump");
    }

    static Server startInstalled() throws IOException, InterruptedException {
        return new InstalledServer(DEBIAN_15);
    }

    private static Server embedded(Path archive) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, machine) -> onlyArchiveIn(archive))
                .start();
        return new Server() {
            @Override
            public String url() {
                return server.getJdbcUrl("postgres", "postgres");
            }

            @Override
            public void close() throws IOException {
                server.close();
            }
        };
    }

    private static InputStream onlyArchiveIn(Path archive) throws IOException {
        try (JarFile jar = new JarFile(archive.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".txz")) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        return new ByteArrayInputStream(content.readAllBytes());
                    }
                }
            }
        }
        throw new IOException("No server in " + archive);
    }

    /** A server of the operating system, with a data directory of its own. */
    private static final class InstalledServer implements Server {

        private final Path binaries;
        private final Path data;
        private final int port;

        InstalledServer(Path binaries) throws IOException, InterruptedException {
            this.binaries = binaries;
            data = Files.createTempDirectory("turnstone-postgres");
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            run("initdb", "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
            run(
                    "pg_ctl",
                    "-D",
                    data.toString(),
                    "-l",
                    data.resolve("log").toString(),
                    "-w",
                    "-o",
                    "-p " + port + " -c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories=",
                    "start");
        }

        private void run(String program, String... arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            if ("root".equals(System.getProperty("user.name"))) {
                // The server refuses to run as root. In a user namespace of its own it does not run as root.
                command.addAll(List.of("unshare", "-U"));
            }
            command.add(binaries.resolve(program).toString());
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IOException("Cannot run " + command);
            }
        }

        @Override
        public String url() {
            return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
        }

        @Override
        public void close() throws IOException {
            try {
                run("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
