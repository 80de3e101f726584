package dev.turnstone.schema;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One difference between two schemas. */
public sealed interface Difference {

    /** Returns the object that differs, in its new state if it still exists. */
    SchemaObject object();

    /**
     * Returns whether no program can notice the difference: another order of columns, or another name chosen by the
     * server.
     */
    default boolean isHarmless() {
        return this instanceof Reordered || this instanceof Renamed;
    }

    /** Returns whether a whole object, with all its parts, was added or removed. */
    default boolean isOfWholeObject() {
        return this instanceof Added || this instanceof Removed;
    }

    /** An object that did not exist before. */
    record Added(SchemaObject object) implements Difference {
        @Override
        public String toString() {
            return "+ " + object;
        }
    }

    /** An object that no longer exists. */
    record Removed(SchemaObject object) implements Difference {
        @Override
        public String toString() {
            return "- " + object;
        }
    }

    /**
     * An object whose definition changed.
     *
     * @param before the object before the change
     * @param object the object after the change
     * @param changes the attributes that differ; not empty
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
     * A table that differs only in the order of its columns.
     *
     * @param object the table
     * @param before the names of the columns in the old order
     * @param after the same names in the new order
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
     * An object that differs only in a name that the server chose.
     *
     * @param before the object under its old name
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
     * @param attribute the attribute's name
     * @param before the old value, or null if the attribute had its default value
     * @param after the new value, or null if the attribute has its default value
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
