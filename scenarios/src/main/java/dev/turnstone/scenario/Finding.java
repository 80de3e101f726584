package dev.turnstone.scenario;

import dev.turnstone.revision.RevisionId;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.SchemaObject;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A defect or a remark that a check returns.
 *
 * @param scenario the scenario's name, such as {@code up-down-up}
 * @param dialect {@code sqlite}, {@code postgresql}, or {@code both} if dialects are compared
 * @param revision the revision that it belongs to, or null if it belongs to the whole history
 * @param findingClass the kind of defect
 * @param object the object that it concerns; the revision itself for a statement that could not run
 * @param severity its severity
 * @param message a description for people
 * @param remedy the action that removes the cause, for people
 * @param comparison the expected and the actual definition of the object; null if it does not concern a definition
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
     * The expected and the actual definition of an object.
     *
     * @param expected a line for the object and one for each attribute; empty if the object should not exist
     * @param actual the same lines for the actual object; empty if it does not exist
     */
    public record Comparison(String expected, String actual) {

        /** Returns the comparison of a difference whose earlier state is the expected one. */
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

    /** Creates a finding that does not concern an object's definition. */
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

    /**
     * Returns whether both findings have the same scenario, dialect, class and object. Revision and message may differ.
     */
    public boolean sameThingAs(Finding other) {
        return scenario.equals(other.scenario)
                && dialect.equals(other.dialect)
                && findingClass == other.findingClass
                && object.equals(other.object);
    }

    /** Returns severity, class, scenario, dialect and revision on one line, followed by the message and the remedy. */
    @Override
    public String toString() {
        return severity.label() + " " + findingClass.label() + " | " + scenario + " | " + dialect
                + (revision == null ? "" : " | " + revision) + "\n" + message + "\n" + remedy;
    }
}
