package dev.turnstone.dialect.postgresql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is read again as a whole when any of it changed: a relation with all that is on it, a type, a routine; or what
 * a single part of the catalog query answers.
 */
enum ObjectGroup {
    RELATION('r', "relations"),
    TYPE('t', "types"),
    ROUTINE('p', "routines"),
    STATISTICS('s', "statistics"),
    /** All that belongs to the database: one group, which is read again each time. */
    DATABASE('d', ""),
    /** All else: one group, which only a full read reads. */
    BESIDE('b', "");

    /** The fact by which a row tells its group. */
    static final String FACT = ".of";

    /** The parameters of a query that answers some groups only: OIDs of each kind. */
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

    /** The groups that a part of the catalog query answers. */
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

    /** The name of one group. */
    String key(long oid) {
        return letter + Long.toString(oid);
    }

    /** The name of a group of which there is one. */
    String key() {
        return String.valueOf(letter);
    }

    /** A part whose rows tell their group. */
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
            throw new IllegalStateException("The part does not say whose rows it answers: " + part);
        }
        return own;
    }

    /** A part that answers the groups that are picked, and tells them. */
    String onlyPickedOf(String part) {
        return switch (this) {
            case RELATION, DATABASE -> noted(part);
            case TYPE, ROUTINE, STATISTICS ->
                OWN.matcher(noted(part)).replaceAll("$0 AND $2 = ANY ((SELECT " + plural + " FROM picked)::oid[])");
            case BESIDE -> throw new IllegalStateException("Only a full read answers: " + part);
        };
    }

    /** The query's beginning, with the parameters. */
    static String picking(String namespaces) {
        return replacedOnce(namespaces, "WITH ", PICKED);
    }

    /** The relations, only those that are picked. */
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
