package dev.turnstone.assertions;

import dev.turnstone.schema.SchemaObject;
import org.jspecify.annotations.Nullable;

/** Assertions about any object of a schema, by the attributes of its canonical definition. */
public final class SchemaObjectAssert extends PartAssert<SchemaObjectAssert, SchemaObject> {

    SchemaObjectAssert(@Nullable SchemaObject actual, Context context) {
        super(actual, SchemaObjectAssert.class, context);
    }

    /**
     * Verifies one attribute.
     *
     * @param attribute its name as in snapshot files, for example {@code timing} of a trigger
     * @param value its value in the database's canonical form
     */
    public SchemaObjectAssert has(String attribute, String value) {
        if (isAbsent()) {
            return this;
        }
        String found = actual.attributes().get(attribute);
        if (found == null) {
            return fail(actual.id() + " on " + database() + " has no attribute '" + attribute + "'.\n  attributes: "
                    + FailureText.names(actual.attributes().keySet()));
        }
        return found.equals(value) ? this : failOn("'" + attribute + "' of " + actual.id(), value, found);
    }

    /** Verifies that an attribute has its default value, which snapshots omit. */
    public SchemaObjectAssert hasNo(String attribute) {
        if (isAbsent() || !actual.attributes().containsKey(attribute)) {
            return this;
        }
        return failOn(
                "'" + attribute + "' of " + actual.id(),
                "none",
                actual.attributes().get(attribute));
    }
}
