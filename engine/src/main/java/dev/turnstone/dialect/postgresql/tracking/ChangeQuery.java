package dev.turnstone.dialect.postgresql.tracking;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.catalog.CatalogQuery;
import dev.turnstone.dialect.postgresql.catalog.ObjectGroup;
import dev.turnstone.dialect.postgresql.catalog.PresentObjectKinds;
import dev.turnstone.dialect.postgresql.render.PostgresClauses;
import java.util.List;

/**
 * The query for the changes that {@link ChangeWatch} has recorded since a snapshot, and for all objects whose
 * definition may be formatted differently because of them: all direct and indirect dependents by {@code pg_depend}, and
 * the relations that these belong to.
 *
 * <p>Its parameter is that snapshot, in the text form of {@code pg_current_snapshot}.
 */
final class ChangeQuery {

    /**
     * Catalogs whose objects the query finds by its joins, and catalogs whose objects no snapshot of a schema
     * contains.
     */
    private static final String HANDLED = List.of(
                    "pg_class",
                    "pg_type",
                    "pg_proc",
                    "pg_constraint",
                    "pg_trigger",
                    "pg_policy",
                    "pg_rewrite",
                    "pg_attrdef",
                    "pg_statistic_ext",
                    "pg_publication",
                    "pg_publication_rel",
                    "pg_user_mapping")
            .stream()
            .map(name -> "'" + name + "'::regclass")
            .reduce((a, b) -> a + ", " + b)
            .orElseThrow();

    /** Catalogs whose objects have a group of their own. */
    private static final String GROUPED =
            "'pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass, 'pg_statistic_ext'::regclass";

    /** The letter of the {@link ObjectGroup}. */
    private static final String LETTER = "CASE s.classid WHEN 'pg_class'::regclass THEN 'r' WHEN 'pg_type'::regclass"
            + " THEN 't' WHEN 'pg_proc'::regclass THEN 'p' ELSE 's' END";

    /** The changed objects and their dependents, and the relations to which these belong. */
    private static final String DEPENDENTS = """
            ), touched AS (
              SELECT classid, objid FROM seen WHERE classid IS NOT NULL AND classid <> 'pg_namespace'::regclass
              UNION
              SELECT next.classid, next.objid
                FROM touched t
               CROSS JOIN LATERAL (
                      SELECT d.classid, d.objid FROM pg_depend d
                       WHERE d.refclassid = t.classid AND d.refobjid = t.objid
                      UNION ALL
                      -- The relation of a composite type depends on the type, not the reverse.
                      SELECT 'pg_type'::regclass, c.reltype FROM pg_class c
                       WHERE t.classid = 'pg_class'::regclass AND c.oid = t.objid AND c.relkind = 'c') next
               WHERE t.classid NOT IN ('pg_extension'::regclass, 'pg_am'::regclass, 'pg_language'::regclass)
            ), relations AS MATERIALIZED (
              -- One subquery for each affected catalog: a join with every catalog costs more.
              SELECT CASE classid
                       WHEN 'pg_class'::regclass THEN objid
                       WHEN 'pg_constraint'::regclass THEN (SELECT conrelid FROM pg_constraint WHERE oid = objid)
                       WHEN 'pg_trigger'::regclass THEN (SELECT tgrelid FROM pg_trigger WHERE oid = objid)
                       WHEN 'pg_policy'::regclass THEN (SELECT polrelid FROM pg_policy WHERE oid = objid)
                       WHEN 'pg_rewrite'::regclass THEN (SELECT ev_class FROM pg_rewrite WHERE oid = objid)
                       WHEN 'pg_attrdef'::regclass THEN (SELECT adrelid FROM pg_attrdef WHERE oid = objid)
                       WHEN 'pg_type'::regclass THEN (SELECT typrelid FROM pg_type WHERE oid = objid AND typtype = 'c')
                       WHEN 'pg_statistic_ext'::regclass THEN (SELECT stxrelid FROM pg_statistic_ext WHERE oid = objid)
                     END AS oid
                FROM touched
              -- An object that was dropped from a relation is recorded with the name of the relation.
              UNION SELECT c.oid FROM seen s JOIN ns ON ns.nspname = s.names[1]
                      JOIN pg_class c ON c.relnamespace = ns.oid AND c.relname = s.names[2]
                     WHERE s.classid IN ('pg_constraint'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass,
                                         'pg_rewrite'::regclass, 'pg_attrdef'::regclass)
            ), owners AS MATERIALIZED (
              SELECT oid FROM relations
              -- Subqueries, here and below: the planner expects many rows from a join, and would read the whole schema.
              UNION SELECT (SELECT indrelid FROM pg_index WHERE indexrelid = r.oid) FROM relations r
              -- The table of the column that owns the sequence.
              UNION SELECT own.refobjid FROM relations r CROSS JOIN LATERAL (
                      SELECT d.refobjid FROM pg_depend d
                       WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid
                         AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                         AND (SELECT relkind FROM pg_class WHERE oid = d.objid) = 'S' OFFSET 0) own
            )
            """;

    private static final String EXISTING = """
            SELECT 'r', c.oid, c.relkind::text
              FROM owners o CROSS JOIN LATERAL (
                     SELECT oid, relkind, relnamespace FROM pg_class WHERE oid = o.oid OFFSET 0) c
              JOIN ns ON ns.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c')
            UNION ALL
            SELECT 't', t.oid, t.typtype::text
              FROM (SELECT objid FROM touched WHERE classid = 'pg_type'::regclass
                    UNION SELECT (SELECT contypid FROM pg_constraint WHERE oid = objid) FROM touched
                           WHERE classid = 'pg_constraint'::regclass) type(oid)
              JOIN pg_type t ON t.oid = type.oid JOIN ns ON ns.oid = t.typnamespace
             WHERE t.typtype IN ('e', 'd', 'r', 'b', 'p') AND t.typcategory <> 'A'
            UNION ALL
            -- The read decides whether they are in scope.
            SELECT CASE classid WHEN 'pg_proc'::regclass THEN 'p' ELSE 's' END, objid, NULL FROM touched
             WHERE classid IN ('pg_proc'::regclass, 'pg_statistic_ext'::regclass)
            """;

    private static final String GONE = """
            -- Objects that no longer exist in scope: whether the drop is the only change, and the name.
            SELECT 'gone', s.objid, %s || CASE WHEN count(*) > count(s.names) THEN '*' ELSE '=' END
                            || coalesce(max(s.names[array_upper(s.names, 1)]), '')
              FROM seen s
             WHERE s.here AND s.classid IN (%s)
               AND coalesce(CASE s.classid
                       WHEN 'pg_class'::regclass THEN (SELECT relnamespace FROM pg_class WHERE oid = s.objid)
                       WHEN 'pg_type'::regclass THEN (SELECT typnamespace FROM pg_type WHERE oid = s.objid)
                       WHEN 'pg_proc'::regclass THEN (SELECT pronamespace FROM pg_proc WHERE oid = s.objid)
                       ELSE (SELECT stxnamespace FROM pg_statistic_ext WHERE oid = s.objid)
                     END, 0) NOT IN (SELECT oid FROM ns)
             GROUP BY s.classid, s.objid
            """.formatted(LETTER, GROUPED);

    private static final String NOT_HANDLED = """
            SELECT CASE WHEN s.here THEN 'all' ELSE 'elsewhere' END, s.objid,
                   CASE WHEN s.classid IS NULL THEN 'a change without an object'
                        WHEN NOT s.here THEN %s
                        WHEN s.classid = 'pg_constraint'::regclass THEN 'a check of a domain'
                        ELSE s.classid::regclass::text END
              FROM seen s
             WHERE NOT s.here OR s.classid IS NULL OR s.classid NOT IN (%s)
                OR s.classid = 'pg_constraint'::regclass AND s.names IS NOT NULL AND array_length(s.names, 1) < 3
            UNION ALL
            SELECT 'all', NULL, classid::regclass::text FROM touched
             WHERE classid NOT IN (%s, 'pg_default_acl'::regclass)
            """.formatted(LETTER, HANDLED, HANDLED);

    private static final String RELATIONS = """
            -- A relation without relatives does not show that it had some before.
            SELECT CASE WHEN EXISTS (SELECT FROM pg_inherits WHERE inhrelid = r.oid OR inhparent = r.oid)
                         AND (SELECT relnamespace FROM pg_class WHERE oid = r.oid) IN (SELECT oid FROM ns)
                        THEN 'all' ELSE 'member' END, r.oid, 'inheritance'
              FROM relations r
            """;

    private static final String STATE = """
            SELECT 'names', NULL, md5((SELECT string_agg(oid || ' ' || rolname, ',' ORDER BY oid) FROM pg_roles)
                || (SELECT string_agg(oid || ' ' || spcname, ',' ORDER BY oid) FROM pg_tablespace)
                || (SELECT datdba::text FROM pg_database WHERE datname = current_database()))
            UNION ALL
            SELECT 'moment', NULL, pg_current_snapshot()::text
            """;

    private ChangeQuery() {}

    static String in(Scope scope) {
        return changes(scope)
                + DEPENDENTS
                + String.join(
                        "UNION ALL\n",
                        EXISTING,
                        GONE,
                        NOT_HANDLED,
                        RELATIONS,
                        "SELECT 'present', NULL, " + PresentObjectKinds.WITHIN_GROUPS,
                        STATE);
    }

    /** Returns the first common table expressions: the namespaces in scope and the recorded changes. */
    private static String changes(Scope scope) {
        String wholeDatabase = scope.extent() == Scope.Extent.DATABASE ? "TRUE" : "FALSE";
        return """
            WITH RECURSIVE ns AS MATERIALIZED (
              SELECT n.oid, n.nspname FROM pg_namespace n WHERE %s
            ), seen AS MATERIALIZED (
              SELECT DISTINCT c.classid, c.objid, c.names,
                     %s OR c.schema IS NULL OR c.schema = %s
                         OR c.classid NOT IN (%s) AS here
                FROM %s.change c
               WHERE c.xid >= pg_snapshot_xmin($1::pg_snapshot) AND NOT pg_visible_in_snapshot(c.xid, $1::pg_snapshot)
                 AND (%s OR c.classid IS DISTINCT FROM 'pg_namespace'::regclass
                      OR c.objid IN (SELECT oid FROM ns))
                 -- Always true: without it the planner expects many rows and allocates memory for them each time.
                 AND coalesce(c.schema, '') = coalesce(c.schema || '', '')
            """.formatted(
                        CatalogQuery.namespaces(scope),
                        wholeDatabase,
                        PostgresClauses.literal(scope.schema()),
                        GROUPED,
                        ChangeWatch.SCHEMA,
                        wholeDatabase);
    }
}
