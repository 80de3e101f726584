package dev.turnstone.dialect;

/**
 * How much of a database is looked at.
 *
 * @param schema the schema whose objects appear without a schema's name; {@code main} on SQLite; empty where no schema
 *     is looked at
 * @param extent whether the other schemas of the database are looked at too, or none but what is the server's
 */
public record Scope(String schema, Extent extent) {

    /** How far a look reaches. */
    public enum Extent {
        /** One schema only; blind to all others. */
        SCHEMA,
        /** Every schema that is not the server's own, and what belongs to the whole database. */
        DATABASE,
        /**
         * What the databases of a server share, roles with their settings and tablespaces, and the settings of the
         * database that the connection is to; no schema and no other database.
         */
        SERVER
    }

    /** One schema. */
    public static Scope schema(String name) {
        return new Scope(name, Extent.SCHEMA);
    }

    /** The whole database; {@code schema}'s objects appear without a schema's name. */
    public static Scope database(String schema) {
        return new Scope(schema, Extent.DATABASE);
    }

    /**
     * Roles and settings: a scope of its own, because all databases of a server share it, so that tests that run at the
     * same time see each other's. SQLite has none of it.
     */
    public static Scope server() {
        return new Scope("", Extent.SERVER);
    }
}
