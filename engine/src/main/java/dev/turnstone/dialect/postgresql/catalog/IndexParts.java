package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for indexes that belong to no constraint, and for extended statistics. */
final class IndexParts {

    private static final String INDEXES = """
            SELECT 'index', rel.schema, c.relname::text, rel.kind, rel.relname::text, ARRAY[
                   '.unique', CASE WHEN i.indisunique THEN 'yes' END,
                   '.options', CASE WHEN plain.keys THEN i.indoption::text END,
                   '.definition', CASE WHEN NOT plain.keys THEN pg_get_indexdef(c.oid, 0, true) END,
                   '.keys', CASE WHEN NOT plain.keys THEN
                       (SELECT string_agg(CASE i.indkey[k - 1] WHEN 0 THEN 'x' ELSE 'c' END
                                          || pg_get_indexdef(c.oid, k, true), chr(31) ORDER BY k)
                          FROM generate_series(1, i.indnkeyatts::int) k) END,
                   '.numbers', array_to_string((i.indkey::smallint[])[0:i.indnkeyatts - 1], ' '),
                   '.named after', CASE WHEN c.relname ~ '_idx[0-9]*$' THEN
                       (SELECT string_agg(a.attname, chr(31) ORDER BY a.attnum)
                          FROM pg_attribute a WHERE a.attrelid = c.oid) END,
                   '.where', pg_get_expr(i.indpred, i.indrelid, true),
                   'method', nullif(am.amname::text, 'btree'),
                   'include', CASE WHEN i.indnatts > i.indnkeyatts THEN
                       (SELECT string_agg(a.attname, ', ' ORDER BY key.place)
                          FROM unnest(i.indkey::smallint[]) WITH ORDINALITY key(number, place)
                          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.number
                         WHERE key.place > i.indnkeyatts) END,
                   'nulls not distinct', {since 15: CASE WHEN i.indnullsnotdistinct THEN 'yes' END},
                   'invalid', CASE WHEN NOT i.indisvalid THEN 'yes' END,
                   '*with', array_to_string(c.reloptions, chr(31)),
                   'tablespace', CASE WHEN c.reltablespace <> 0 THEN
                       (SELECT spcname::text FROM pg_tablespace WHERE oid = c.reltablespace) END,
                   'clustered', CASE WHEN i.indisclustered THEN 'yes' END,
                   'replica identity', CASE WHEN i.indisreplident THEN 'yes' END,
                   'attached to', {when inherited-tables: CASE WHEN c.relispartition THEN
                       (SELECT inh.inhparent::regclass::text FROM pg_inherits inh WHERE inh.inhrelid = c.oid) END},
                   'statistics targets', CASE WHEN i.indexprs IS NOT NULL THEN
                       (SELECT string_agg(a.attnum || '=' || a.attstattarget, ', ' ORDER BY a.attnum)
                          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0) END,
                   'depends on extensions', {extensions pg_class c.oid},
                   '.comment', {comment pg_class c.oid}
                   ]
              FROM rel
              JOIN pg_index i ON i.indrelid = rel.oid
              JOIN pg_class c ON c.oid = i.indexrelid
              JOIN pg_am am ON am.oid = c.relam
                   -- Plain columns, of which only the order matters: formatting the key definitions takes long.
              CROSS JOIN LATERAL (
                     SELECT am.amname = 'btree' AND i.indexprs IS NULL AND NOT EXISTS (
                              SELECT FROM unnest(i.indkey::smallint[], i.indclass::oid[], i.indcollation::oid[])
                                       key(number, class, compared_by)
                                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.number
                                JOIN pg_opclass oc ON oc.oid = key.class
                               WHERE NOT oc.opcdefault OR a.attcollation <> key.compared_by
                                  OR (oc.opcintype <> a.atttypid
                                      AND NOT (oc.opcintype = 'text'::regtype AND a.atttypid = 'varchar'::regtype))
                            ) AS keys OFFSET 0
                   ) plain
             WHERE rel.relkind IN ('r', 'p', 'm') AND {not in extension pg_class c.oid}
               AND NOT i.indisprimary AND NOT i.indisexclusion
               AND NOT (i.indisunique AND EXISTS (
                     SELECT FROM pg_constraint con
                      WHERE con.conrelid = i.indrelid AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')))
            """;

    private static final String STATISTICS = """
            SELECT 'statistics', ns.name, s.stxname::text, CASE WHEN rel.schema = ns.name THEN rel.kind END,
                   rel.relname::text, ARRAY[
                   'on', t.relname::text,
                   'expressions', substring(pg_get_statisticsobjdef(s.oid) FROM ' ON (.*) FROM '),
                   'kinds', (SELECT string_agg(CASE kind WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies'
                                                         WHEN 'm' THEN 'mcv' END, ', ' ORDER BY kind)
                               FROM unnest(s.stxkind) kind WHERE kind <> 'e'),
                   'target', {since 13: CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget::text END},
                   '.comment', {comment pg_statistic_ext s.oid},
                   '.owner', CASE WHEN s.stxowner <> ns.owner THEN pg_get_userbyid(s.stxowner)::text END
                   ]
              FROM ns
              JOIN pg_statistic_ext s ON s.stxnamespace = ns.oid
              JOIN pg_class t ON t.oid = s.stxrelid
              LEFT JOIN rel ON rel.oid = s.stxrelid
             WHERE {not in extension pg_statistic_ext s.oid}
            """;

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(INDEXES, PresentObjectKinds.TABLES, PresentObjectKinds.PARTITIONED_TABLES, PresentObjectKinds.MATERIALIZED_VIEWS),
            CatalogPart.of(STATISTICS, "pg_statistic_ext"));

    private IndexParts() {}
}
