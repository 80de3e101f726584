package dev.turnstone.snapshot;

import dev.turnstone.schema.ObjectId;
import java.util.Locale;

/**
 * One difference in meaning between two schemas.
 *
 * @param kind the kind of difference
 * @param object the object, as named in the schema that contains it, or in the first one if both do
 * @param message the facts in one line
 */
public record LogicalDifference(Kind kind, ObjectId object, String message) {

    /** The kinds of differences. */
    public enum Kind {
        /** Only one schema contains the object, although the other dialect supports it. */
        MISSING,
        /** Both schemas contain the object with different meanings. */
        DIFFERS,
        /** One schema contains something that the other dialect does not support. This is not a fault. */
        NO_COUNTERPART;

        /** Returns the class of a finding: {@code missing}, {@code differs}, {@code no-counterpart}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Returns whether the difference is a fault. */
    public boolean isFault() {
        return kind != Kind.NO_COUNTERPART;
    }

    @Override
    public String toString() {
        return kind.label() + "  " + message;
    }
}
