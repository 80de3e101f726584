package dev.turnstone.database;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container. Needs Testcontainers: load this class only after a check that it is on the class path. */
final class TestcontainersServer {

    /** A class whose absence shows that Testcontainers is not on the class path. */
    static final String ENTRY = "org.testcontainers.postgresql.PostgreSQLContainer";

    /** The label on each container that Turnstone starts; its value names the owner. */
    static final String OWNER_LABEL = "dev.turnstone.owner";

    private TestcontainersServer() {}

    /** A running container. */
    record Started(Object handle, String id, String host, int port, String database, String user, String password) {}

    static boolean engineAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** Starts a server with settings for disposable data. */
    // The container is closed by stop, and by Testcontainers when the process ends.
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
