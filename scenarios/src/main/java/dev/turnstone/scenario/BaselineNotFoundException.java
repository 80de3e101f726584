package dev.turnstone.scenario;

import dev.turnstone.error.TurnstoneException;
import java.io.IOException;
import java.nio.file.Path;

/** Thrown when the file of the baseline does not exist or cannot be read. */
public final class BaselineNotFoundException extends TurnstoneException {

    BaselineNotFoundException(String place, String special) {
        super("There is no baseline at " + place + ", nor at " + special + " (looked for from "
                + Path.of("").toAbsolutePath()
                + "). Correct the path, or write classpath: before it if it is a resource.");
    }

    BaselineNotFoundException(String place, IOException cause) {
        super("The baseline " + place + " cannot be read: " + cause + ". It must be a file in UTF-8.", cause);
    }
}
