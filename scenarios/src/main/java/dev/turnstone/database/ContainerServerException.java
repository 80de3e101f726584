package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;
import org.jspecify.annotations.Nullable;

/** Thrown when a PostgreSQL server in a container is demanded and none can be started. */
public final class ContainerServerException extends TurnstoneException {

    private ContainerServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static ContainerServerException unavailable(String image, String why) {
        return new ContainerServerException(
                "No container of " + image + " can be started: " + why
                        + "\nNothing was created. Or let another server be used: turnstone.postgres.source=auto.",
                null);
    }

    static ContainerServerException failed(String image, Throwable cause) {
        return new ContainerServerException(
                "The container of " + image + " did not start: " + cause.getMessage()
                        + "\nWhat it had made was removed. Is " + image + " an image of PostgreSQL that this machine"
                        + " has or can pull? turnstone.postgres.image names another.",
                cause);
    }
}
