package dev.turnstone.scenario;

import dev.turnstone.revision.RevisionId;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.SchemaObject;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * @param comparison the object as it should be and as it is; null where it is not about an object's definition
 */
public record Finding(
        String scenario,
        String dialect,
        @Nullable RevisionId revision,
        FindingClass findingClass,
        ObjectId object,
        Severity severity,
        String message,
        String remedy,
        @Nullable Comparison comparison) {

    /**
     * An object's definition as it should be, and as it is.
     *
     * @param expected a line for the object and one for each attribute; empty where it should not be there
     * @param actual the same of what is there; empty where it is not there
     */
    public record Comparison(String expected, String actual) {

        /** What a difference says, of which the earlier state is the right one. */
        public static Comparison of(Difference difference) {
            if (difference instanceof Difference.Removed removed) {
                return new Comparison(text(removed.object()), "");
            }
            if (difference instanceof Difference.Changed changed) {
                return new Comparison(text(changed.before()), text(changed.object()));
            }
            if (difference instanceof Difference.Renamed renamed) {
                return new Comparison(text(renamed.before()), text(renamed.object()));
            }
            if (difference instanceof Difference.Reordered reordered) {
                return new Comparison(
                        reordered.object().id() + "\n" + String.join("\n", reordered.before()),
                        reordered.object().id() + "\n" + String.join("\n", reordered.after()));
            }
            return new Comparison("", text(difference.object()));
        }

        private static String text(SchemaObject object) {
            return Stream.concat(
                            Stream.of(object.id().toString()),
                            object.attributes().entrySet().stream()
                                    .map(attribute -> "  " + attribute.getKey() + " " + attribute.getValue()))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** A finding that is not about an object's definition. */
    public Finding(
            String scenario,
            String dialect,
            @Nullable RevisionId revision,
            FindingClass findingClass,
            ObjectId object,
            Severity severity,
            String message,
            String remedy) {
        this(scenario, dialect, revision, findingClass, object, severity, message, remedy, null);
    }

    /** Whether this is the same thing, perhaps seen on another way. */
    public boolean sameThingAs(Finding other) {
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
