package dev.turnstone.boundary;

/**
 * How far a statement can reach beyond the schema that it runs in. A statement without a reach stays inside that
 * schema.
 */
public enum Reach {
    /** It reaches other objects of the same database: other schemas, extensions, catalogs, the search path. */
    DATABASE("reaches beyond its schema"),
    /** It runs text that is assembled at run time. The fixed parts of the text are ordinary statements. */
    DYNAMIC("runs SQL that is put together at run time"),
    /** It runs text that the analysis cannot read, or the analysis does not understand it. */
    UNPROVEN("cannot be analysed"),
    /** It changes what all databases of the server share, or reaches another database or server. */
    CLUSTER("changes the server outside its database"),
    /** It reads or writes files of the server's host, or runs programs or machine code there. */
    HOST("reaches files or programs of the server's host");

    private final String description;

    Reach(String description) {
        this.description = description;
    }

    /** Returns what such a statement does, as the predicate of a sentence. */
    public String description() {
        return description;
    }
}
