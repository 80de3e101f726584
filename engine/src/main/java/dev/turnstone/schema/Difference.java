package dev.turnstone.schema;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One way in which two schemas differ. */
public sealed interface Difference {

    /** The object that differs; as it is afterwards, where it is there afterwards. */
    SchemaObject object();

    /** Whether no program can tell: another order of columns, or another name that the server chose. */
    default boolean isHarmless() {
        return this instanceof Reordered || this instanceof Renamed;
    }

    /** Whether the object came or went as a whole, with all that belongs to it. */
    default boolean isOfWholeObject() {
        return this instanceof Added || this instanceof Removed;
    }

    /** An object that was not there before. */
    record Added(SchemaObject object) implements Difference {
        @Override
        public String toString() {
            return "+ " + object;
        }
    }

    /** An object that is no longer there. */
    record Removed(SchemaObject object) implements Difference {
        @Override
        public String toString() {
            return "- " + object;
        }
    }

    /**
     * An object whose definition is another.
     *
     * @param before the object as it was
     * @param object the object as it is
     * @param changes what differs; not empty
     */
    record Changed(SchemaObject before, SchemaObject object, List<AttributeChange> changes) implements Difference {

        public Changed {
            changes = List.copyOf(changes);
        }

        @Override
        public String toString() {
            return "~ " + object.id() + ": "
                    + changes.stream().map(AttributeChange::toString).collect(Collectors.joining("; "));
        }
    }

    /**
     * A table whose columns stand in another order, and that is otherwise the same.
     *
     * @param object the table
     * @param before the names of the columns in their order before
     * @param after the same names in their order after
     */
    record Reordered(SchemaObject object, List<String> before, List<String> after) implements Difference {

        public Reordered {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        @Override
        public String toString() {
            return "~ " + object.id() + ": columns in the order " + String.join(", ", after) + ", before "
                    + String.join(", ", before);
        }
    }

    /**
     * An object that differs only in the name that the server chose for it.
     *
     * @param before the object under its former name
     * @param object the object under its new name
     */
    record Renamed(SchemaObject before, SchemaObject object) implements Difference {
        @Override
        public String toString() {
            return "~ " + object.id() + ": a name chosen by the server, before "
                    + before.id().name();
        }
    }

    /**
     * One attribute that differs.
     *
     * @param attribute its name
     * @param before its value before, or null where it had the default
     * @param after its value after, or null where it has the default
     */
    record AttributeChange(
            String attribute,
            @Nullable String before,
            @Nullable String after) {
        @Override
        public String toString() {
            if (after == null) {
                return attribute + " gone, before " + before;
            }
            return attribute + " " + after + (before == null ? ", before none" : ", before " + before);
        }
    }
}
