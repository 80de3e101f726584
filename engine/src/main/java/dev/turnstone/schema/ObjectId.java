package dev.turnstone.schema;

import java.util.Comparator;

/**
 * Names one object of a schema, the same before and after a change.
 *
 * @param kind what it is
 * @param schema the schema that holds it; empty for the schema that is looked at, whatever its name
 * @param name unquoted and without schema: tables, views, sequences, types and indexes bare; columns, defaults,
 *     constraints, triggers, policies and rules as {@code table.name}; functions as {@code name(argument types)}; a
 *     comment as the thing commented; an unnamed constraint as {@code table.(columns)}
 * @param ordinal 1, or a higher number to tell apart unnamed constraints on the same columns
 */
public record ObjectId(ObjectKind kind, String schema, String name, int ordinal) implements Comparable<ObjectId> {

    private static final Comparator<ObjectId> ORDER = Comparator.comparing(ObjectId::kind)
            .thenComparing(ObjectId::schema)
            .thenComparing(ObjectId::name)
            .thenComparing(ObjectId::ordinal);

    /** Names an object of the schema that is looked at. */
    public static ObjectId of(ObjectKind kind, String name) {
        return new ObjectId(kind, "", name, 1);
    }

    /**
     * Names an object of the schema {@code schema}.
     *
     * @param schema empty for the schema that is looked at
     */
    public static ObjectId of(ObjectKind kind, String schema, String name) {
        return new ObjectId(kind, schema, name, 1);
    }

    @Override
    public int compareTo(ObjectId other) {
        return ORDER.compare(this, other);
    }

    /** The kind and the name, for messages: {@code index ix_jobs_status}. */
    @Override
    public String toString() {
        return kind.label() + " " + (schema.isEmpty() ? "" : schema + ".") + name;
    }
}
