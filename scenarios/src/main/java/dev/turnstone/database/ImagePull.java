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
 * Pulls the image of a server before Testcontainers does, with a time limit. Testcontainers tries for two minutes and
 * logs little. On a machine with a Docker engine and no access to a registry, an embedded server starts within seconds
 * instead.
 *
 * <p>Needs Testcontainers: load this class only after a check that it is on the class path.
 */
final class ImagePull {

    private static final Logger LOG = LoggerFactory.getLogger(ImagePull.class);

    private ImagePull() {}

    /**
     * Pulls the image if this machine does not have it.
     *
     * @param image the image of the server
     * @param limit the time limit for the pull
     * @return why the image is not available, for a person; empty if it is available
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
                "The image {} is not on this machine. It is pulled for at most {} s; if that fails, the embedded server is"
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
        return "the image " + image + " is not on this machine, and " + why + ". Run docker pull " + image
                + " before the next run.";
    }
}
