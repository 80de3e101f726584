package dev.turnstone.database;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Gets the image of a server before Testcontainers does, in limited time. Testcontainers tries for two minutes and
 * says little meanwhile; on a machine with a Docker engine and no way to a registry that is minutes of silence, where an
 * embedded server takes seconds.
 *
 * <p>It needs Testcontainers: it must not be loaded where that may be absent.
 */
final class ImagePull {

    private static final Logger LOG = LoggerFactory.getLogger(ImagePull.class);

    private ImagePull() {}

    /**
     * Pulls what is not on the machine yet.
     *
     * @param image the one of the server
     * @param limit how long that may take
     * @return why it could not be had, for a person; empty where it is there
     */
    static Optional<String> obstacle(String image, Duration limit) {
        DockerClient docker;
        try {
            docker = DockerClientProviderStrategy.getClientForConfig(
                    DockerClientFactory.instance().getTransportConfig());
        } catch (IllegalStateException e) {
            LOG.debug("Testcontainers finds no Docker engine.", e);
            return Optional.of(ContainerServer.NO_ENGINE);
        }
        try (docker) {
            String used = ImageNameSubstitutor.instance()
                    .apply(DockerImageName.parse(image))
                    .asCanonicalNameString();
            return obstacle(docker, used, limit);
        } catch (IOException e) {
            LOG.debug("The connection to Docker did not close.", e);
            return Optional.empty();
        }
    }

    private static Optional<String> obstacle(DockerClient docker, String image, Duration limit) {
        if (isHere(docker, image)) {
            return Optional.empty();
        }
        LOG.warn(
                "The image {} is not on this machine; it is pulled now, for at most {} s. After that the embedded server is"
                        + " used; turnstone.postgres.source=embedded uses it at once.",
                image,
                limit.toSeconds());
        try (PullImageResultCallback pull = docker.pullImageCmd(image).exec(new PullImageResultCallback())) {
            return pull.awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS) && isHere(docker, image)
                    ? Optional.empty()
                    : Optional.of(notHad(image, "was not pulled within " + limit.toSeconds() + " s"));
        } catch (DockerException | DockerClientException | IOException e) {
            return Optional.of(notHad(
                    image,
                    "could not be pulled ("
                            + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ") + ")"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(notHad(image, "was not pulled, because the run was interrupted"));
        }
    }

    private static boolean isHere(DockerClient docker, String image) {
        try {
            docker.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static String notHad(String image, String why) {
        return "the image " + image + " is not on this machine, and " + why + ". docker pull " + image
                + " gets it for the next run.";
    }
}
