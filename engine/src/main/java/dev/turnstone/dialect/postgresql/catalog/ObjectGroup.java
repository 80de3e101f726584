package dev.turnstone.dialect.postgresql.catalog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** The parameters of a query for selected groups: the OIDs of each kind. */
    private static final String PICKED = "WITH picked AS MATERIALIZED (SELECT $1::oid[] AS relations,"
            + " $2::oid[] AS types, $3::oid[] AS routines, $4::oid[] AS statistics),\n";

    private static final Pattern OWN =
            Pattern.compile("\\{not in extension pg_(type|proc|statistic_ext) (\\w+\\.oid)}");
    private static final Pattern ON_RELATIONS = Pattern.compile("(FROM|[^T] JOIN) rel\\b");

    private final char letter;
    private final String plural;

    ObjectGroup(char letter, String plural) {
        this.letter = letter;
        this.plural = plural;
    }

    /** Returns the kind of group to which the rows of a part of the catalog query belong. */
    static ObjectGroup of(CatalogPart part) {
        if (DatabaseParts.ALL.contains(part)) {
            return DATABASE;
        }
        if (ON_RELATIONS.matcher(part.sql()).find()) {
            return RELATION;
        }
        Matcher own = OWN.matcher(part.sql());
        if (!own.find()) {
            return BESIDE;
        }
        return switch (own.group(1)) {
            case "type" -> TYPE;
            case "proc" -> ROUTINE;
            default -> STATISTICS;
        };
    }

    /** Returns the key of one group. */
    public String key(long oid) {
        return letter + Long.toString(oid);
    }

    /** Returns the key of a group that exists once. */
    public String key() {
        return String.valueOf(letter);
    }

    /** Returns the part with the group's key as an additional fact. */
    String noted(String part) {
        return part.replaceFirst(
                "ARRAY\\[", Matcher.quoteReplacement("ARRAY['" + FACT + "', '" + letter + "'" + oid(part) + ", "));
    }

    private String oid(String part) {
        return switch (this) {
            case RELATION -> " || rel.oid";
            case TYPE, ROUTINE, STATISTICS -> " || " + own(part).group(2);
            case DATABASE, BESIDE -> "";
        };
    }

    private static Matcher own(String part) {
        Matcher own = OWN.matcher(part);
        if (!own.find()) {
            throw new IllegalStateException("The part of the catalog query names no object of its own: " + part);
        }
        return own;
    }

    /** Returns the part limited to the selected groups, with the group's key as an additional fact. */
    String onlyPickedOf(String part) {
        return switch (this) {
            case RELATION, DATABASE -> noted(part);
            case TYPE, ROUTINE, STATISTICS ->
                OWN.matcher(noted(part)).replaceAll("$0 AND $2 = ANY ((SELECT " + plural + " FROM picked)::oid[])");
            case BESIDE -> throw new IllegalStateException("Only a full read includes this part: " + part);
        };
    }

    /** Returns the beginning of the query, with the parameters. */
    static String picking(String namespaces) {
        return replacedOnce(namespaces, "WITH ", PICKED);
    }

    /** Returns the relations, limited to the selected ones. */
    static String onlyPicked(String relations) {
        return replacedOnce(
                relations, "WHERE ", "WHERE c.oid = ANY ((SELECT " + RELATION.plural + " FROM picked)::oid[]) AND ");
    }

    private static String replacedOnce(String text, String old, String with) {
        int at = text.indexOf(old);
        if (at < 0 || text.indexOf(old, at + 1) >= 0) {
            throw new IllegalStateException("Not exactly one '" + old + "' in: " + text);
        }
        return text.substring(0, at) + with + text.substring(at + old.length());
    }
}
