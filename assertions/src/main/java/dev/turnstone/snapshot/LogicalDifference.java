package dev.turnstone.snapshot;

import dev.turnstone.schema.ObjectId;
import java.util.Locale;

/**
 * One way in which two schemas do not mean the same.
 *
 * @param kind what is the matter
 * @param object what is concerned; as the schema names it that has it, the first one where both have it
 * @param message the facts in one line
 */
public record LogicalDifference(Kind kind, ObjectId object, String message) {

    /** What can be the matter. */
    public enum Kind {
        /** One schema has the object and the other, which could have it, has not. */
        MISSING,
        /** Both have the object, and it means different things. */
        DIFFERS,
        /** One schema has something that the other's dialect does not know; no fault, but to be known. */
        NO_COUNTERPART;

        /** The class of a finding: {@code missing}, {@code differs}, {@code no-counterpart}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether the schemas mean different things because of this. */
    public boolean isFault() {
        return kind != Kind.NO_COUNTERPART;
    }

    @Override
    public String toString() {
        return kind.label() + "  " + message;
    }
}
