package dev.turnstone.dialect.postgresql;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown where the role may not see all that it was asked to read; nothing is left out silently. */
public final class UnreadableObjectException extends TurnstoneException {

    private final List<String> objects;

    UnreadableObjectException(String role, String privilege, List<String> objects) {
        super("The role '" + role + "' may not read " + String.join(", ", objects) + ". Nothing was changed.\nGrant it "
                + privilege + " on each, or connect as the owner.");
        this.objects = List.copyOf(objects);
    }

    /** What cannot be read, with its kind. */
    public List<String> objects() {
        return objects;
    }
}
