package dev.turnstone.dialect.postgresql.catalog;

/**
 * The unit of an incremental read. A relation with its parts, a type, or a routine is a group that is read again as a
 * whole when any part changes.
 */
public enum ObjectGroup {
    RELATION('r', "relations"),
    TYPE('t', "types"),
    ROUTINE('p', "routines"),
    STATISTICS('s', "statistics"),
    /** All objects of the database: one group, which every incremental read reads again. */
    DATABASE('d', ""),
    /** All other objects: one group, which only a full read includes. */
    BESIDE('b', "");

    /** The fact that names the group of a row. */
    public static final String FACT = ".of";

    private final char letter;
    private final String plural;

    ObjectGroup(char letter, String plural) {
        this.letter = letter;
        this.plural = plural;
    }

    /** Returns the key of one group. */
    public String key(long oid) {
        return letter + Long.toString(oid);
    }

    /** Returns the key of a group that exists once. */
    public String key() {
        return String.valueOf(letter);
    }

    /**
     * Returns the SQL expression for the key of a group.
     *
     * @param oid the expression for the OID; empty for a group that exists once
     */
    String keySql(String oid) {
        return "'" + letter + "'" + (oid.isEmpty() ? "" : " || " + oid);
    }

    /** Returns the condition that limits a SELECT to the groups that are the query's parameters. */
    String pickedCondition(String oid) {
        return switch (this) {
            // The common table expression of the relations is limited already.
            case RELATION, DATABASE -> "";
            case TYPE, ROUTINE, STATISTICS -> " AND " + oid + " = ANY ((SELECT " + plural + " FROM picked)::oid[])";
            case BESIDE -> throw new IllegalStateException("Only a full read includes objects of no group.");
        };
    }

    /** Returns the common table expression for the parameters: the OIDs of each kind of group. */
    static String pickedParameters() {
        return "picked AS MATERIALIZED (SELECT $1::oid[] AS relations, $2::oid[] AS types, $3::oid[] AS routines,"
                + " $4::oid[] AS statistics)";
    }
}
