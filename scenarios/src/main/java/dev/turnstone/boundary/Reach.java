package dev.turnstone.boundary;

/** How far a statement can reach beyond the schema that it runs in. A statement without any stays inside that schema. */
public enum Reach {
    /** It reaches other objects of the same database: other schemas, extensions, catalogs, the search path. */
    DATABASE("reaches beyond its schema"),
    /** It runs text that is put together at run time, of which the fixed parts are ordinary statements. */
    DYNAMIC("runs SQL that is put together at run time"),
    /** It runs text that the analysis cannot read, or is not understood. */
    UNPROVEN("cannot be analysed"),
    /** It changes what all databases of the server share, or reaches another database or server. */
    CLUSTER("changes the server outside its database"),
    /** It reads or writes files of the server's host, or runs programs or machine code there. */
    HOST("reaches files or programs of the server's host");

    private final String description;

    Reach(String description) {
        this.description = description;
    }

    /** What such a statement does, to follow its subject in a message. */
    public String description() {
        return description;
    }
}
