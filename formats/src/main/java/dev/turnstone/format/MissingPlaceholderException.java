package dev.turnstone.format;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;

/** Thrown for a placeholder without a value. */
public final class MissingPlaceholderException extends TurnstoneException {

    private final String name;
    private final Location location;

    MissingPlaceholderException(Location location, String name, String said) {
        super(location + ": The placeholder '" + name + "' has no value" + (said.isEmpty() ? "" : " (" + said + ")")
                + ". Nothing was run. Set it with --placeholder " + name + "=VALUE.");
        this.name = name;
        this.location = location;
    }

    /** Returns the placeholder's name as the file writes it. */
    public String name() {
        return name;
    }

    /** Returns the location of the placeholder. */
    public Location location() {
        return location;
    }
}
