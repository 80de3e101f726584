package dev.turnstone.dialect;

/**
 * How much of a database is looked at.
 *
 * @param schema the schema whose objects appear without a schema's name; {@code main} on SQLite
 * @param extent whether the other schemas of the database are looked at too
 */
public record Scope(String schema, Extent extent) {

    /** How far a look reaches. */
    public enum Extent {
        /** One schema only; blind to all others. */
        SCHEMA,
        /** Every schema that is not the server's own, and what belongs to the whole database. */
        DATABASE
    }

    /** One schema. */
    public static Scope schema(String name) {
        return new Scope(name, Extent.SCHEMA);
    }

    /** The whole database; {@code schema}'s objects appear without a schema's name. */
    public static Scope database(String schema) {
        return new Scope(schema, Extent.DATABASE);
    }
}
