package dev.turnstone.database;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Removes the containers of killed runs if Testcontainers' own reaper (Ryuk) is disabled. Removes only containers with
 * Turnstone's label whose {@link Owner} is gone.
 */
final class AbandonedContainers {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedContainers.class);
    private static final AtomicBoolean DONE = new AtomicBoolean();

    private AbandonedContainers() {}

    /** Removes them, once in each process. Does not throw: a container that cannot be removed is logged. */
    static void removeOnce() {
        if (DONE.compareAndSet(false, true)) {
            remove();
        }
    }

    static void remove() {
        DockerClient docker = DockerClientFactory.instance().client();
        List<Container> ours = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(TestcontainersServer.OWNER_LABEL))
                .exec();
        for (Container container : ours) {
            String marker = container.getLabels().getOrDefault(TestcontainersServer.OWNER_LABEL, "");
            if (Owner.read(Owner.Kind.SERVER, marker).filter(Owner::isGone).isPresent()) {
                try {
                    docker.removeContainerCmd(container.getId())
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec();
                    LOG.info("Removed container {} of a killed run.", container.getId());
                } catch (DockerException e) {
                    LOG.warn("Container {} is left behind by an earlier run.", container.getId(), e);
                }
            }
        }
    }
}
