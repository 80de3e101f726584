package dev.turnstone.schema;

import java.util.Comparator;

/**
 * Identifies one object of a schema; the same before and after a change.
 *
 * @param kind the kind of object
 * @param schema the schema that contains the object; empty for the schema that was read, whatever its name
 * @param name unquoted and without schema: tables, views, sequences, types and indexes by their name; columns,
 *     defaults, constraints, triggers, policies and rules as {@code table.name}; functions as
 *     {@code name(argument types)}; a comment as the object that it describes; an unnamed constraint as
 *     {@code table.(columns)}
 * @param ordinal 1, or a higher number that distinguishes unnamed constraints on the same columns
 */
public record ObjectId(ObjectKind kind, String schema, String name, int ordinal) implements Comparable<ObjectId> {

    private static final Comparator<ObjectId> ORDER = Comparator.comparing(ObjectId::kind)
            .thenComparing(ObjectId::schema)
            .thenComparing(ObjectId::name)
            .thenComparing(ObjectId::ordinal);

    /** Identifies an object of the schema that was read. */
    public static ObjectId of(ObjectKind kind, String name) {
        return new ObjectId(kind, "", name, 1);
    }

    /**
     * Identifies an object of a named schema.
     *
     * @param schema the schema's name; empty for the schema that was read
     */
    public static ObjectId of(ObjectKind kind, String schema, String name) {
        return new ObjectId(kind, schema, name, 1);
    }

    @Override
    public int compareTo(ObjectId other) {
        return ORDER.compare(this, other);
    }

    /** Returns the kind and the name for messages, such as {@code index ix_jobs_status}. */
    @Override
    public String toString() {
        return kind.label() + " " + (schema.isEmpty() ? "" : schema + ".") + name;
    }
}
