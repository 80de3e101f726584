package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;
import java.util.Set;

/**
 * The kinds of object that a scope contains. Planning the complete catalog query takes longer than reading a schema of
 * a hundred tables, and most schemas contain few of the many kinds.
 *
 * <p>Most objects of a schema depend on it by {@code pg_depend}. The entry for a relation is {@code relation} and the
 * letter of its kind, the entry for a type is {@code type} and the letter of its kind, and the entry for another object
 * is the name of its catalog.
 */
public final class PresentObjectKinds {

    public static final String TABLES = "relation r";
    public static final String PARTITIONED_TABLES = "relation p";
    static final String FOREIGN_TABLES = "relation f";
    static final String VIEWS = "relation v";
    public static final String MATERIALIZED_VIEWS = "relation m";
    static final String SEQUENCES = "relation S";
    static final String ENUMS = "type e";
    static final String DOMAINS = "type d";
    static final String COMPOSITES = "type c";
    static final String RANGES = "type r";
    static final String BASES = "type b";
    static final String SHELLS = "type p";
    static final String TRIGGERS = "triggers";
    static final String RULES = "rules";
    static final String POLICIES = "policies";
    static final String CASTS = "casts";
    static final String TRANSFORMS = "transforms";
    static final String DEFAULT_PRIVILEGES = "default privileges";
    static final String SCHEMA_PRIVILEGES = "schema privileges";
    static final String CLOSED_SCHEMA = "closed schema";

    /** Comments anywhere in the database except on schemas. If there are none, no query reads comments. */
    static final String COMMENTS = "comments";

    static final String SECURITY_LABELS = "security labels";
    static final String EXTENSION_MEMBERS = "extension members";

    /** Objects that are no member of an extension but depend on one: {@code ALTER FUNCTION … DEPENDS ON EXTENSION}. */
    static final String HELD_BY_EXTENSIONS = "held by extensions";

    /** Partitions, and tables and indexes with a parent. */
    static final String INHERITED_TABLES = "inherited tables";

    /** Sequences anywhere in the database: a table that is read again does not include the sequences of its columns. */
    static final String IDENTITIES = "identities";

    /** Disabled triggers that enforce constraints. */
    static final String SWITCHED_TRIGGERS = "switched triggers";

    /** The query for the entries that cover the whole database. */
    static final String OF_ANY = """
            SELECT 'triggers' WHERE EXISTS (SELECT FROM pg_trigger WHERE NOT tgisinternal)
            UNION ALL SELECT 'rules' WHERE EXISTS (SELECT FROM pg_rewrite
                                                    WHERE rulename <> '_RETURN' AND ev_class >= 16384)
            UNION ALL SELECT 'policies' WHERE EXISTS (SELECT FROM pg_policy)
            UNION ALL SELECT 'casts' WHERE EXISTS (SELECT FROM pg_cast WHERE oid >= 16384)
            UNION ALL SELECT 'transforms' WHERE EXISTS (SELECT FROM pg_transform)
            UNION ALL SELECT 'default privileges' WHERE EXISTS (SELECT FROM pg_default_acl)
            UNION ALL SELECT 'comments' WHERE EXISTS (SELECT FROM pg_description WHERE objoid >= 16384
                                                                        AND classoid <> 'pg_namespace'::regclass)
            UNION ALL SELECT 'inherited tables' WHERE EXISTS (SELECT FROM pg_inherits)
            UNION ALL SELECT 'identities' WHERE EXISTS (SELECT FROM pg_sequence)
            UNION ALL SELECT 'security labels' WHERE EXISTS (SELECT FROM pg_seclabel)
            UNION ALL SELECT 'extension members'
                       WHERE EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_extension'::regclass
                                                             AND refobjid >= 16384 AND deptype = 'e')
            UNION ALL SELECT 'held by extensions'
                       WHERE EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'x')
            UNION ALL SELECT 'switched triggers' WHERE EXISTS (SELECT FROM pg_trigger WHERE tgisinternal AND tgenabled <> 'O')
            """;

    /** Of the entries that cover the whole database, those that affect single objects, separated by commas. */
    public static final String WITHIN_GROUPS = """
            concat_ws(',',
                CASE WHEN EXISTS (SELECT FROM pg_trigger WHERE NOT tgisinternal) THEN 'triggers' END,
                CASE WHEN EXISTS (SELECT FROM pg_rewrite WHERE rulename <> '_RETURN' AND ev_class >= 16384)
                     THEN 'rules' END,
                CASE WHEN EXISTS (SELECT FROM pg_policy) THEN 'policies' END,
                CASE WHEN EXISTS (SELECT FROM pg_inherits) THEN 'inherited tables' END,
                CASE WHEN EXISTS (SELECT FROM pg_sequence) THEN 'identities' END,
                CASE WHEN EXISTS (SELECT FROM pg_description WHERE objoid >= 16384 AND classoid <> 'pg_namespace'::regclass)
                     THEN 'comments' END,
                CASE WHEN EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_extension'::regclass
                                                          AND refobjid >= 16384 AND deptype = 'e')
                     THEN 'extension members' END,
                CASE WHEN EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'x')
                     THEN 'held by extensions' END,
                CASE WHEN EXISTS (SELECT FROM pg_trigger WHERE tgisinternal AND tgenabled <> 'O')
                     THEN 'switched triggers' END)
            """;

    /**
     * The query for all entries, one row each. Objects that belong to a table are searched in the whole database, which
     * is cheaper.
     */
    static final String SQL = """
            SELECT DISTINCT CASE d.classid WHEN 'pg_class'::regclass THEN 'relation ' || c.relkind::text
                                           WHEN 'pg_type'::regclass THEN 'type ' || t.typtype::text
                                           ELSE d.classid::regclass::text END
              FROM ns
              JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = ns.oid
              LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
              LEFT JOIN pg_type t ON d.classid = 'pg_type'::regclass AND t.oid = d.objid
            UNION ALL SELECT 'schema privileges' WHERE EXISTS (SELECT FROM ns WHERE ns.name = '' AND ns.nspacl IS NOT NULL)
            UNION ALL SELECT 'closed schema'
                       WHERE EXISTS (SELECT FROM ns WHERE ns.name = '' AND NOT has_schema_privilege(ns.oid, 'USAGE'))
            UNION ALL
            """ + OF_ANY;

    static final List<String> ANY_TABLE = List.of(TABLES, PARTITIONED_TABLES, FOREIGN_TABLES);

    /** Entries that do not show whether the schema contains an object. */
    static final Set<String> IN_THE_DATABASE = Set.of(
            TRIGGERS,
            RULES,
            POLICIES,
            CASTS,
            TRANSFORMS,
            DEFAULT_PRIVILEGES,
            COMMENTS,
            SECURITY_LABELS,
            EXTENSION_MEMBERS,
            HELD_BY_EXTENSIONS,
            INHERITED_TABLES,
            IDENTITIES,
            SWITCHED_TRIGGERS);

    private PresentObjectKinds() {}
}
