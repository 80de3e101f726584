package dev.turnstone.dialect;

/**
 * The part of a database that is read and compared.
 *
 * @param schema the schema whose objects appear without a schema name; {@code main} on SQLite; empty if no schema
 *     is read
 * @param extent whether other schemas of the database or settings of the server are read
 */
public record Scope(String schema, Extent extent) {

    /** The extent of a scope. */
    public enum Extent {
        /** One schema only, without any other schema. */
        SCHEMA,
        /** Every schema that does not belong to the server, and the objects that belong to the whole database. */
        DATABASE,
        /**
         * Objects that the databases of a server share, which are roles with their settings and tablespaces, and the
         * settings of the connection's database; no schema and no other database.
         */
        SERVER
    }

    /** Returns the scope of one schema. */
    public static Scope schema(String name) {
        return new Scope(name, Extent.SCHEMA);
    }

    /** Returns the scope of the whole database; the objects of {@code schema} appear without a schema name. */
    public static Scope database(String schema) {
        return new Scope(schema, Extent.DATABASE);
    }

    /**
     * Returns the scope of roles and settings. It is separate because all databases of a server share these objects, so
     * that tests that run at the same time see each other's changes. It is empty on SQLite.
     */
    public static Scope server() {
        return new Scope("", Extent.SERVER);
    }
}
