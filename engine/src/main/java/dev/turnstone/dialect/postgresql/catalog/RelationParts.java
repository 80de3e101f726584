package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for tables, views, sequences and their columns. */
final class RelationParts {

    /** The common beginning of the catalog query: the namespaces in scope, and their relations. */
    static final String NAMESPACES = """
            WITH ns AS MATERIALIZED (
              SELECT n.oid, CASE n.nspname WHEN {schema} THEN '' ELSE n.nspname::text END AS name, n.nspacl,
                     CASE WHEN pg_get_userbyid(n.nspowner) = 'pg_database_owner'
                          THEN (SELECT datdba FROM pg_database WHERE datname = current_database())
                          ELSE n.nspowner END AS owner
                FROM pg_namespace n
               WHERE {namespaces in scope} AND {not in extension pg_namespace n.oid}
            )
            """;

    static final String RELATIONS = """
            rel AS MATERIALIZED (
              SELECT c.*, ns.name AS schema, ns.owner AS schema_owner,
                     CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized-view' WHEN 'S' THEN 'sequence'
                                    WHEN 'c' THEN 'type' ELSE 'table' END AS kind
                FROM pg_class c JOIN ns ON ns.oid = c.relnamespace
               WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND {not in extension pg_class c.oid}
            )
            """;

    /**
     * Reports that the role may not use the schema: the server would then format its names as if they were in another
     * schema.
     */
    private static final String CLOSED_SCHEMA = """
            SELECT 'schema', ns.name, {schema}::text, NULL, NULL, ARRAY['.closed to', current_user::text]
              FROM ns
             WHERE ns.name = '' AND NOT has_schema_privilege(ns.oid, 'USAGE')
            """;

    private static final String TABLES = """
            SELECT 'table', rel.schema, rel.relname::text, NULL, NULL, ARRAY[
                   'partition by', {when partitioned-tables: CASE rel.relkind WHEN 'p' THEN pg_get_partkeydef(rel.oid) END},
                   'partition of', {when inherited-tables: CASE WHEN rel.relispartition THEN
                       up.parents || ' ' || pg_get_expr(rel.relpartbound, rel.oid) END},
                   'detach pending', {when inherited-tables: up.detached},
                   'inherits', {when inherited-tables: CASE WHEN NOT rel.relispartition THEN up.parents END},
                   'row security', CASE WHEN rel.relrowsecurity THEN 'enabled' END,
                   'row security for the owner', CASE WHEN rel.relforcerowsecurity THEN 'forced' END,
                   'unlogged', CASE rel.relpersistence WHEN 'u' THEN 'yes' END,
                   '*with', array_to_string(rel.reloptions, chr(31)),
                   '*toast with', array_to_string(toast.reloptions, chr(31)),
                   'access method', nullif(am.amname::text, 'heap'),
                   'tablespace', ts.spcname::text,
                   'of', CASE WHEN rel.reloftype <> 0 THEN format_type(rel.reloftype, NULL) END,
                   'replica identity', CASE WHEN rel.relkind IN ('r', 'p')
                       THEN CASE rel.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing'
                                                  WHEN 'i' THEN 'index' END END,
                   'server', {when foreign-tables: fs.srvname::text},
                   '*foreign options', {when foreign-tables: array_to_string(ft.ftoptions, chr(31))},
                   '.comment', {comment pg_class rel.oid},
                   '.owner', CASE WHEN rel.relowner <> rel.schema_owner THEN pg_get_userbyid(rel.relowner)::text END,
                   '.grants', {privileges r rel.relacl rel.relowner}
                   ]
              FROM rel
              LEFT JOIN pg_am am ON am.oid = rel.relam
              LEFT JOIN pg_tablespace ts ON ts.oid = rel.reltablespace
              LEFT JOIN pg_class toast ON toast.oid = rel.reltoastrelid AND toast.reloptions IS NOT NULL
              {with inherited-tables: LEFT JOIN (
                     SELECT i.inhrelid, string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) AS parents,
                            {since 14: max(CASE WHEN i.inhdetachpending THEN 'yes' END)} AS detached
                       FROM pg_inherits i JOIN rel child ON child.oid = i.inhrelid
                      GROUP BY i.inhrelid) up ON up.inhrelid = rel.oid}
              {with foreign-tables: LEFT JOIN pg_foreign_table ft ON ft.ftrelid = rel.oid
              LEFT JOIN pg_foreign_server fs ON fs.oid = ft.ftserver}
             WHERE rel.relkind IN ('r', 'p', 'f')
            """;

    /**
     * The name of an identity column's sequence is left out if the server may have generated it, also for an earlier
     * name of the table or column. The name of a NOT NULL is left out, because NOT NULL is no constraint before version
     * 18.
     */
    private static final String COLUMNS = """
            SELECT 'column', rel.schema, a.attname::text, 'table', rel.relname::text, ARRAY[
                   '.position', a.attnum::text,
                   '.type', format_type(a.atttypid, a.atttypmod),
                   '.nullable', CASE WHEN NOT a.attnotnull THEN 'yes' END,
                   '.default', CASE a.attgenerated WHEN '' THEN pg_get_expr(d.adbin, d.adrelid) END,
                   '.generated', CASE WHEN a.attgenerated <> '' THEN 'always (' || pg_get_expr(d.adbin, d.adrelid, true)
                       || ') ' || CASE a.attgenerated WHEN 's' THEN 'stored' ELSE 'virtual' END END,
                   '.identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
                   '.collation', CASE WHEN a.attcollation <> t.typcollation THEN
                       (SELECT CASE WHEN pg_collation_is_visible(co.oid) THEN '' ELSE con.nspname || '.' END || co.collname
                          FROM pg_collation co JOIN pg_namespace con ON con.oid = co.collnamespace
                         WHERE co.oid = a.attcollation) END,
                   'storage', CASE WHEN a.attstorage <> t.typstorage THEN
                       CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main'
                                         WHEN 'x' THEN 'extended' END END,
                   'compression', {since 14: CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END},
                   'statistics target', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END,
                   '*options', array_to_string(a.attoptions, chr(31)),
                   '*foreign options', {when foreign-tables: array_to_string(a.attfdwoptions, chr(31))},
                   'inherited', {when inherited-tables: CASE WHEN a.attinhcount > 0 THEN
                       CASE WHEN a.attislocal THEN 'and declared' ELSE 'yes' END END},
                   'identity sequence', {when identities: CASE WHEN s.name !~ '._.*_seq[0-9]*$' THEN s.name END},
                   'identity type', {when identities: CASE WHEN s.seqtypid <> a.atttypid THEN
                       format_type(s.seqtypid, NULL) END},
                   {sequence s identity},
                   'identity unlogged', {when identities: {since 15: CASE WHEN s.relpersistence <> rel.relpersistence THEN
                       CASE s.relpersistence WHEN 'u' THEN 'yes' ELSE 'no' END END}},
                   'identity comment', {when identities: {comment pg_class s.seqrelid}},
                   'identity grants', {when identities: CASE WHEN s.relacl IS NOT NULL THEN
                       (SELECT string_agg(g.who || ' ' || g.what, ', ' ORDER BY g.who, g.what)
                          FROM (SELECT CASE x.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(x.grantee)::text END AS who,
                                       lower(x.privilege_type)
                                       || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END AS what
                                  FROM aclexplode(s.relacl) x WHERE x.grantee <> rel.relowner) g) END},
                   'not null', {since 18: nullif(concat_ws(', ', CASE WHEN NOT nn.convalidated THEN 'not valid' END,
                                                CASE WHEN nn.connoinherit THEN 'no inherit' END), '')},
                   'not null comment', {since 18: {comment pg_constraint nn.oid}},
                   '.comment', {column comment rel.oid a.attnum},
                   '.grants', {privileges c a.attacl rel.relowner}
                   ]
              FROM rel
              JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
              JOIN pg_type t ON t.oid = a.atttypid
              LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
              {with identities: LEFT JOIN LATERAL (
                     SELECT q.*, sc.relname::text AS name, sc.relpersistence, sc.relacl
                       FROM pg_depend own
                       JOIN pg_sequence q ON q.seqrelid = own.objid
                       JOIN pg_class sc ON sc.oid = own.objid
                      WHERE own.classid = 'pg_class'::regclass AND own.refclassid = 'pg_class'::regclass
                        AND own.refobjid = a.attrelid AND own.refobjsubid = a.attnum AND own.deptype = 'i'
                        AND a.attidentity <> ''
                   ) s ON TRUE}
              {with not-null-constraints: LEFT JOIN pg_constraint nn
                     ON nn.contype = 'n' AND nn.conrelid = rel.oid AND nn.conkey[1] = a.attnum
                    AND (NOT nn.convalidated OR nn.connoinherit OR {comment pg_constraint nn.oid} IS NOT NULL)}
             WHERE rel.relkind IN ('r', 'p', 'f')
            """;

    /** The properties that a view's columns have of their own. Their names and types come from the query. */
    private static final String VIEW_COLUMNS = """
            SELECT k.kind, rel.schema, rel.relname || '.' || a.attname, rel.kind, rel.relname::text, ARRAY[
                   '.position', CASE k.kind WHEN 'column' THEN a.attnum::text END,
                   '.column', a.attname::text,
                   'expression', CASE k.kind WHEN 'default' THEN pg_get_expr(d.adbin, d.adrelid) END,
                   'statistics target', CASE WHEN k.kind = 'column' AND a.attstattarget >= 0 THEN a.attstattarget::text END,
                   'options', CASE k.kind WHEN 'column' THEN
                       (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(a.attoptions) o) END,
                   'storage', CASE WHEN k.kind = 'column' AND a.attstorage <> t.typstorage THEN a.attstorage::text END,
                   'compression', {since 14: CASE k.kind WHEN 'column' THEN
                       CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END END},
                   '.comment', CASE k.kind WHEN 'column' THEN {column comment rel.oid a.attnum} END,
                   '.grants', CASE k.kind WHEN 'column' THEN {privileges c a.attacl rel.relowner} END
                   ]
              FROM rel
              JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
              JOIN pg_type t ON t.oid = a.atttypid
              LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
              CROSS JOIN (VALUES ('column'), ('default')) k(kind)
             WHERE rel.relkind IN ('v', 'm') AND (k.kind = 'column' OR d.oid IS NOT NULL)
            """;

    private static final String VIEWS = """
            SELECT rel.kind, rel.schema, rel.relname::text, NULL, NULL, ARRAY[
                   '.query', pg_get_viewdef(rel.oid, true),
                   'check option', (SELECT split_part(o, '=', 2) FROM unnest(rel.reloptions) o WHERE o LIKE 'check_option=%'),
                   '*with', array_to_string(ARRAY(SELECT o FROM unnest(rel.reloptions) o WHERE o NOT LIKE 'check_option=%'), chr(31)),
                   '*toast with', array_to_string(toast.reloptions, chr(31)),
                   'populated', CASE WHEN NOT rel.relispopulated THEN 'no' END,
                   'depends on extensions', {extensions pg_class rel.oid},
                   'access method', nullif(am.amname::text, 'heap'),
                   'tablespace', ts.spcname::text,
                   '.comment', {comment pg_class rel.oid},
                   '.owner', CASE WHEN rel.relowner <> rel.schema_owner THEN pg_get_userbyid(rel.relowner)::text END,
                   '.grants', {privileges r rel.relacl rel.relowner}
                   ]
              FROM rel
              LEFT JOIN pg_am am ON am.oid = rel.relam
              LEFT JOIN pg_tablespace ts ON ts.oid = rel.reltablespace
              LEFT JOIN pg_class toast ON toast.oid = rel.reltoastrelid AND toast.reloptions IS NOT NULL
             WHERE rel.relkind IN ('v', 'm')
            """;

    /** The options of a sequence that differ from the defaults of its type and direction. */
    static final String SEQUENCE_OPTIONS = """
            '{prefix}increment', {when identities: nullif({s}.seqincrement, 1)::text},
            '{prefix}min', {when identities: nullif({s}.seqmin, CASE WHEN {s}.seqincrement > 0 THEN 1 ELSE
                CASE {s}.seqtypid WHEN 21 THEN -32768 WHEN 23 THEN -2147483648 ELSE -9223372036854775808 END END)::text},
            '{prefix}max', {when identities: nullif({s}.seqmax, CASE WHEN {s}.seqincrement < 0 THEN -1 ELSE
                CASE {s}.seqtypid WHEN 21 THEN 32767 WHEN 23 THEN 2147483647 ELSE 9223372036854775807 END END)::text},
            '{prefix}start', {when identities: nullif({s}.seqstart, CASE WHEN {s}.seqincrement > 0 THEN {s}.seqmin ELSE {s}.seqmax END)::text},
            '{prefix}cache', {when identities: nullif({s}.seqcache, 1)::text},
            '{prefix}cycle', {when identities: CASE WHEN {s}.seqcycle THEN 'yes' END}""";

    /** Sequences of identity columns are part of the column. */
    private static final String SEQUENCES = """
            SELECT 'sequence', rel.schema, rel.relname::text,
                   CASE WHEN a.attname IS NOT NULL THEN 'column' END, t.relname || '.' || a.attname, ARRAY[
                   'type', format_type(s.seqtypid, NULL),
                   {sequence s},
                   'unlogged', CASE rel.relpersistence WHEN 'u' THEN 'yes' END,
                   'owned by', t.relname || '.' || a.attname,
                   '.table', t.relname::text,
                   '.columns', a.attname::text,
                   '.comment', {comment pg_class rel.oid},
                   '.owner', CASE WHEN rel.relowner <> rel.schema_owner THEN pg_get_userbyid(rel.relowner)::text END,
                   '.grants', {privileges s rel.relacl rel.relowner}
                   ]
              FROM rel
              JOIN pg_sequence s ON s.seqrelid = rel.oid
              LEFT JOIN pg_depend own ON own.classid = 'pg_class'::regclass AND own.objid = rel.oid
                    AND own.refclassid = 'pg_class'::regclass AND own.deptype IN ('a', 'i') AND own.refobjsubid > 0
              LEFT JOIN rel t ON t.oid = own.refobjid AND t.relnamespace = rel.relnamespace
              LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = own.refobjsubid
             WHERE own.deptype IS DISTINCT FROM 'i'
            """;

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(CLOSED_SCHEMA, PresentObjectKinds.CLOSED_SCHEMA),
            new CatalogPart(TABLES, PresentObjectKinds.ANY_TABLE),
            new CatalogPart(COLUMNS, PresentObjectKinds.ANY_TABLE),
            CatalogPart.of(VIEW_COLUMNS, PresentObjectKinds.VIEWS, PresentObjectKinds.MATERIALIZED_VIEWS),
            CatalogPart.of(VIEWS, PresentObjectKinds.VIEWS, PresentObjectKinds.MATERIALIZED_VIEWS),
            CatalogPart.of(SEQUENCES, PresentObjectKinds.SEQUENCES));

    private RelationParts() {}
}
