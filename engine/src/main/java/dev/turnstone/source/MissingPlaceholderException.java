package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;

/** Thrown for a placeholder in a file that no one gave a value. */
public final class MissingPlaceholderException extends TurnstoneException {

    private final String name;
    private final Location location;

    MissingPlaceholderException(Location location, String name, String said) {
        super(location + ": The placeholder '" + name + "' has no value" + (said.isEmpty() ? "" : " (" + said + ")")
                + ". Nothing was run. Give it one: --placeholder " + name + "=VALUE.");
        this.name = name;
        this.location = location;
    }

    /** The placeholder's name as the file spells it. */
    public String name() {
        return name;
    }

    /** Where it stands. */
    public Location location() {
        return location;
    }
}
