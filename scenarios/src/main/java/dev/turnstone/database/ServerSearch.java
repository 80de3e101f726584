package dev.turnstone.database;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the PostgreSQL server of a run, in the order of the settings.
 *
 * @param user the user that is counted if the embedded server is used; see {@link EmbeddedServer#released}
 */
record ServerSearch(DatabaseSettings settings, Workspace workspace, Object user) {

    /** The time limit for pulling an image, enough for the default image on a common connection. */
    private static final Duration PULLING = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(ServerSearch.class);

    /**
     * Returns the server, and starts it if necessary.
     *
     * @throws DatabaseUnreachableException when a server was named and refuses the connection
     * @throws ContainerServerException when a container is required and none can be started
     * @throws EmbeddedServerException when no other server is available, and the embedded server cannot be started
     */
    PostgresServer find() {
        DatabaseSettings.NamedServer named = settings.postgres();
        if (named != null) {
            return PostgresServer.named(named);
        }
        return switch (settings.source()) {
            case DOCKER -> ContainerServer.running(settings.container());
            case EMBEDDED -> EmbeddedServer.running(workspace, user);
            case AUTO, URL -> inContainer().orElseGet(() -> EmbeddedServer.running(workspace, user));
        };
    }

    /** Returns the container's server; empty if no container is available, which is logged if Testcontainers is present. */
    private Optional<PostgresServer> inContainer() {
        if (!ContainerServer.isExpected()) {
            return Optional.empty();
        }
        // If no embedded server is available either, the pull has no time limit.
        Optional<String> obstacle = EmbeddedServer.isExpected()
                ? ContainerServer.unavailableWithin(PULLING, settings.container())
                : ContainerServer.unavailable();
        if (obstacle.isEmpty()) {
            try {
                return Optional.of(ContainerServer.running(settings.container()));
            } catch (ContainerServerException e) {
                obstacle = Optional.of(String.valueOf(e.getMessage()));
                LOG.debug("The container did not start.", e);
            }
        }
        LOG.warn(
                "PostgreSQL does not run in a container: {} The embedded server is used.",
                obstacle.get().lines().findFirst().orElse(""));
        return Optional.empty();
    }
}
