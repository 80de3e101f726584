package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;
import org.jspecify.annotations.Nullable;

/** Thrown when the settings require a PostgreSQL server in a container and none can be started. */
public final class ContainerServerException extends TurnstoneException {

    private ContainerServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static ContainerServerException unavailable(String image, String why) {
        return new ContainerServerException(
                "No container of " + image + " can be started: " + why
                        + "\nNothing was created. To use another server, set turnstone.postgres.source=auto.",
                null);
    }

    static ContainerServerException failed(String image, Throwable cause) {
        return new ContainerServerException(
                "The container of " + image + " did not start: " + cause.getMessage()
                        + "\nThe container was removed. Check that " + image
                        + " is a PostgreSQL image that this machine"
                        + " has or can pull, or set turnstone.postgres.image to another.",
                cause);
    }
}
