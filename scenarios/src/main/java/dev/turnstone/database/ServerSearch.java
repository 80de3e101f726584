package dev.turnstone.database;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the PostgreSQL server of a run, in the order of the settings.
 *
 * @param user who uses the embedded server, if it comes to that; see {@link EmbeddedServer#released}
 */
record ServerSearch(DatabaseSettings settings, Workspace workspace, Object user) {

    /** Long enough for the usual image on a usual line, and not so long that somebody gives up. */
    private static final Duration PULLING = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(ServerSearch.class);

    /**
     * The server.
     *
     * @throws DatabaseUnreachableException when a server was named and does not let us in
     * @throws ContainerServerException when a container is demanded and none can be started
     * @throws EmbeddedServerException when there is no other, and none can be started
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

    /** Nothing where no container can be had; that is said where somebody has Testcontainers and may count on it. */
    private Optional<PostgresServer> inContainer() {
        if (!ContainerServer.isExpected()) {
            return Optional.empty();
        }
        // Without an embedded server to turn to, it is worth waiting as long as it takes.
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
