package dev.turnstone.database;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** With {@link AbandonedContainers}, what needs Testcontainers. It must not be loaded where that may be absent. */
final class TestcontainersServer {

    /** By its absence a class path without Testcontainers is known. */
    static final String ENTRY = "org.testcontainers.postgresql.PostgreSQLContainer";

    /** On each container that we start: who did. */
    static final String OWNER_LABEL = "dev.turnstone.owner";

    private TestcontainersServer() {}

    /** A container that runs. */
    record Started(Object handle, String id, String host, int port, String database, String user, String password) {}

    static boolean engineAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** Starts a server for data that nobody will miss. */
    // It is closed by stop, and by Testcontainers when the process ends.
    @SuppressWarnings("resource")
    static Started start(ContainerSettings settings) {
        PostgreSQLContainer container =
                new PostgreSQLContainer(DockerImageName.parse(settings.image()).asCompatibleSubstituteFor("postgres"));
        container.withCommand(
                "postgres",
                "-c",
                "fsync=off",
                "-c",
                "synchronous_commit=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "max_connections=200");
        if (settings.reuse()) {
            container.withReuse(true);
        } else {
            container.withLabel(OWNER_LABEL, Owner.current().marker(Owner.Kind.SERVER));
        }
        try {
            container.start();
        } catch (RuntimeException e) {
            container.stop();
            throw e;
        }
        return new Started(
                container,
                container.getContainerId(),
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getDatabaseName(),
                container.getUsername(),
                container.getPassword());
    }

    static boolean isRunning(Started started) {
        return ((PostgreSQLContainer) started.handle()).isRunning();
    }

    /** Stops and removes a container, with its data. */
    static void stop(Started started) {
        ((PostgreSQLContainer) started.handle()).stop();
    }
}
