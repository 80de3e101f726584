package dev.turnstone.scenario;

import dev.turnstone.revision.RevisionId;
import dev.turnstone.schema.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a scenario found.
 *
 * @param scenario the scenario's name, for example {@code up-down-up}
 * @param dialect {@code sqlite}, {@code postgresql}, or {@code both} where dialects are compared
 * @param revision the revision that it belongs to, or null where it belongs to the whole history
 * @param findingClass what kind of thing it is
 * @param object the object that it is about; the revision itself for a statement that could not run
 * @param severity how much it matters
 * @param message what was seen, for a person
 * @param remedy what to do, for a person
 */
public record Finding(
        String scenario,
        String dialect,
        @Nullable RevisionId revision,
        FindingClass findingClass,
        ObjectId object,
        Severity severity,
        String message,
        String remedy) {

    /** Whether this is the same thing, perhaps seen on another way. */
    boolean sameThingAs(Finding other) {
        return scenario.equals(other.scenario)
                && dialect.equals(other.dialect)
                && findingClass == other.findingClass
                && object.equals(other.object);
    }

    /** Severity, class, place and message, on as many lines as the message needs. */
    @Override
    public String toString() {
        return severity.label() + " " + findingClass.label() + " | " + scenario + " | " + dialect
                + (revision == null ? "" : " | " + revision) + "\n" + message + "\n" + remedy;
    }
}
