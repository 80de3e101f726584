package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown if the role may not read all objects of a scope. No object is left out silently. */
public final class UnreadableObjectException extends TurnstoneException {

    private final List<String> objects;

    UnreadableObjectException(String role, String privilege, List<String> objects) {
        super("The role '" + role + "' may not read " + String.join(", ", objects) + ". Nothing was changed.\nGrant it "
                + privilege + " on each, or connect as the owner.");
        this.objects = List.copyOf(objects);
    }

    /** Returns the objects that the role may not read, each with its kind. */
    public List<String> objects() {
        return objects;
    }
}
