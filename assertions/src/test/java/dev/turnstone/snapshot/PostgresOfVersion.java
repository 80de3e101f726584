package dev.turnstone.snapshot;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A server of one major version, which runs until it is closed. */
interface PostgresOfVersion extends AutoCloseable {

    /** The folder in which the build of the engine places the embedded servers of several versions. */
    Path BINARIES = Path.of("..", "engine", "target", "postgres-binaries");

    Path DEBIAN = Path.of("/usr/lib/postgresql/15/bin");

    PGSimpleDataSource dataSource();

    @Override
    void close() throws IOException;

    /** Returns the servers that can be started on this machine, oldest first. */
    static List<Starting> all() throws IOException {
        List<Starting> all = new ArrayList<>();
        if (Files.isExecutable(DEBIAN.resolve("initdb"))) {
            all.add(Installed::new);
        }
        if (Files.isDirectory(BINARIES)) {
            try (Stream<Path> archives = Files.list(BINARIES)) {
                archives.sorted().forEach(archive -> all.add(() -> embedded(archive)));
            }
        }
        return all;
    }

    /** An embedded server that is not running yet. */
    interface Starting {
        PostgresOfVersion start() throws IOException;
    }

    private static PostgresOfVersion embedded(Path archive) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, machine) -> packedIn(archive))
                .start();
        return new PostgresOfVersion() {
            @Override
            public PGSimpleDataSource dataSource() {
                return at(server.getPort());
            }

            @Override
            public void close() throws IOException {
                server.close();
            }
        };
    }

    private static InputStream packedIn(Path archive) throws IOException {
        try (JarFile jar = new JarFile(archive.toFile())) {
            String packed = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("No server in " + archive));
            try (InputStream content = jar.getInputStream(jar.getEntry(packed))) {
                return new ByteArrayInputStream(content.readAllBytes());
            }
        }
    }

    private static PGSimpleDataSource at(int port) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
        return dataSource;
    }

    /** A server installed by Debian packages, with its own data directory. */
    final class Installed implements PostgresOfVersion {

        private final Path data;
        private final int port;

        Installed() throws IOException {
            data = Files.createTempDirectory("turnstone-postgres");
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
            String log = data.resolve("log").toString();
            String options = "-p " + port + " -c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories=";
            run("pg_ctl", "-l", log, "-w", "-o", options, "start");
        }

        private void run(String program, String... arguments) throws IOException {
            List<String> command = new ArrayList<>();
            if ("root".equals(System.getProperty("user.name"))) {
                // The server refuses to run as root. In a separate user namespace it has another user id.
                command.addAll(List.of("unshare", "-U"));
            }
            command.addAll(List.of(DEBIAN.resolve(program).toString(), "-D", data.toString()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    process.destroy();
                    throw new IOException("Cannot run " + command);
                }
            } catch (InterruptedException interrupted) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted: " + command, interrupted);
            }
        }

        @Override
        public PGSimpleDataSource dataSource() {
            return at(port);
        }

        @Override
        public void close() throws IOException {
            run("pg_ctl", "-m", "immediate", "-w", "stop");
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
