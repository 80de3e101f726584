package dev.turnstone.database;

import dev.turnstone.dialect.DatabaseUrl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL servers in containers, one for each image in this process. Each starts on first use and runs until the
 * process ends, so that several test classes share it.
 */
final class ContainerServer {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerServer.class);

    /** The reason if no container engine responds. */
    static final String NO_ENGINE = "no Docker engine responds. Start one, or set DOCKER_HOST to its address.";

    private static final Duration SAID_AFTER = Duration.ofSeconds(5);
    private static final Map<ContainerSettings, ContainerServer> RUNNING = new LinkedHashMap<>();

    private final TestcontainersServer.Started container;
    private final PostgresServer server;

    private ContainerServer(TestcontainersServer.Started container, PostgresServer server) {
        this.container = container;
        this.server = server;
    }

    /**
     * Returns why no container can be started here.
     *
     * @return the reason, for a person; empty if a container can be started
     */
    static Optional<String> unavailable() {
        try {
            return TestcontainersServer.engineAnswers() ? Optional.empty() : Optional.of(NO_ENGINE);
        } catch (LinkageError e) {
            LOG.debug("Testcontainers cannot be loaded.", e);
            return Optional.of("Testcontainers is not on the class path. Add to the tests\n"
                    + "  org.testcontainers:testcontainers-postgresql, 2.0.0 or later.");
        }
    }

    /**
     * Returns why no container can be started within a time limit, for example because an image is missing and cannot be pulled.
     *
     * @param limit the time limit for the server's image, and again for Testcontainers' own images
     * @return the reason, for a person; empty if a container can be started
     */
    static Optional<String> unavailableWithin(Duration limit, ContainerSettings settings) {
        try {
            Optional<String> obstacle = ImagePull.obstacle(settings.image(), limit);
            return obstacle.isPresent() ? obstacle : unavailableWithin(limit);
        } catch (LinkageError e) {
            LOG.debug("Testcontainers cannot be loaded, or is older than 2.0.", e);
            return unavailable();
        }
    }

    /** Testcontainers first starts its own container, whose image no setting names. */
    private static Optional<String> unavailableWithin(Duration limit) {
        FutureTask<Optional<String>> asking = new FutureTask<>(ContainerServer::unavailable);
        Thread thread = new Thread(asking, "turnstone-docker");
        thread.setDaemon(true);
        thread.start();
        try {
            try {
                return asking.get(Math.min(limit.toMillis(), SAID_AFTER.toMillis()), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.warn(
                        "Testcontainers has not started yet: it may be pulling its own images. The run waits for at"
                                + " most {} s; turnstone.postgres.source=embedded does not need it.",
                        limit.toSeconds());
                return asking.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            return Optional.of("Testcontainers did not start within " + limit.toSeconds()
                    + " s; it needs images of its own (testcontainers/ryuk), which may not be on this machine.");
        } catch (ExecutionException e) {
            return Optional.of("Testcontainers did not start: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the run was interrupted.");
        }
    }

    /** Returns whether Testcontainers is on the class path. */
    static boolean isExpected() {
        try {
            Class.forName(TestcontainersServer.ENTRY, false, ContainerServer.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Returns the running server of an image, and starts it if necessary.
     *
     * @throws ContainerServerException when it cannot be started
     */
    static PostgresServer running(ContainerSettings settings) {
        synchronized (RUNNING) {
            ContainerServer running = RUNNING.get(settings);
            if (running == null || !TestcontainersServer.isRunning(running.container)) {
                running = start(settings);
                RUNNING.put(settings, running);
            }
            return running.server;
        }
    }

    private static ContainerServer start(ContainerSettings settings) {
        Optional<String> obstacle = unavailable();
        if (obstacle.isPresent()) {
            throw ContainerServerException.unavailable(settings.image(), obstacle.get());
        }
        AbandonedContainers.removeOnce();
        TestcontainersServer.Started container = null;
        try {
            container = TestcontainersServer.start(settings);
            LOG.info("PostgreSQL runs in container {} of image {}.", container.id(), settings.image());
            String place = ", container " + container.id().substring(0, 12) + " of " + settings.image();
            return new ContainerServer(container, PostgresServer.at(url(container), place, settings.reuse()));
        } catch (SQLException | RuntimeException e) {
            if (container != null) {
                TestcontainersServer.stop(container);
            }
            throw ContainerServerException.failed(settings.image(), e);
        }
    }

    private static DatabaseUrl url(TestcontainersServer.Started container) {
        return new DatabaseUrl(
                "postgresql",
                "jdbc:postgresql://" + container.host() + ":" + container.port() + "/" + container.database(),
                container.user(),
                container.password());
    }

    /** Stops all servers except reused ones. */
    static void stop() {
        synchronized (RUNNING) {
            RUNNING.forEach((settings, running) -> {
                running.server.closeIdle();
                if (!settings.reuse()) {
                    TestcontainersServer.stop(running.container);
                }
                running.server.stopped();
            });
            RUNNING.clear();
        }
    }
}
