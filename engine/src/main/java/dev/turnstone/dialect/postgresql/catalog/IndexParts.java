package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for indexes that belong to no constraint, and for extended statistics. */
final class IndexParts {

    private static ObjectSelect indexes(CatalogContext db) {
        return ObjectSelect.of("'index'", "rel.schema", "c.relname::text")
                .parent("rel.kind", "rel.relname::text")
                .group(ObjectGroup.RELATION, "rel.oid")
                .flag(".unique", "i.indisunique")
                .fact(".options", "CASE WHEN plain.keys THEN i.indoption::text END")
                .fact(".definition", "CASE WHEN NOT plain.keys THEN pg_get_indexdef(c.oid, 0, true) END")
                .fact(".keys", """
                    CASE WHEN NOT plain.keys THEN
                        (SELECT string_agg(CASE i.indkey[k - 1] WHEN 0 THEN 'x' ELSE 'c' END
                                           || pg_get_indexdef(c.oid, k, true), chr(31) ORDER BY k)
                           FROM generate_series(1, i.indnkeyatts::int) k) END""")
                .fact(".numbers", "array_to_string((i.indkey::smallint[])[0:i.indnkeyatts - 1], ' ')")
                .fact(".named after", """
                    CASE WHEN c.relname ~ '_idx[0-9]*$' THEN
                        (SELECT string_agg(a.attname, chr(31) ORDER BY a.attnum)
                           FROM pg_attribute a WHERE a.attrelid = c.oid) END""")
                .fact(".where", "pg_get_expr(i.indpred, i.indrelid, true)")
                .fact("method", "nullif(am.amname::text, 'btree')")
                .fact("include", """
                    CASE WHEN i.indnatts > i.indnkeyatts THEN
                        (SELECT string_agg(a.attname, ', ' ORDER BY key.place)
                           FROM unnest(i.indkey::smallint[]) WITH ORDINALITY key(number, place)
                           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.number
                          WHERE key.place > i.indnkeyatts) END""")
                .fact("nulls not distinct", db.since(15, "CASE WHEN i.indnullsnotdistinct THEN 'yes' END"))
                .flag("invalid", "NOT i.indisvalid")
                .fact("*with", "array_to_string(c.reloptions, chr(31))")
                .fact("tablespace", """
                    CASE WHEN c.reltablespace <> 0 THEN
                        (SELECT spcname::text FROM pg_tablespace WHERE oid = c.reltablespace) END""")
                .flag("clustered", "i.indisclustered")
                .flag("replica identity", "i.indisreplident")
                .fact("attached to", db.valueIf(PresentObjectKinds.INHERITED_TABLES, """
                    CASE WHEN c.relispartition THEN
                        (SELECT inh.inhparent::regclass::text FROM pg_inherits inh WHERE inh.inhrelid = c.oid) END"""))
                .fact("statistics targets", """
                    CASE WHEN i.indexprs IS NOT NULL THEN
                        (SELECT string_agg(a.attnum || '=' || a.attstattarget, ', ' ORDER BY a.attnum)
                           FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0) END""")
                .fact("depends on extensions", db.extensions("pg_class", "c.oid"))
                .fact(".comment", db.comment("pg_class", "c.oid"))
                .from("""
                    rel
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
                    WHERE rel.relkind IN ('r', 'p', 'm') AND %s
                     AND NOT i.indisprimary AND NOT i.indisexclusion
                     AND NOT (i.indisunique AND EXISTS (
                           SELECT FROM pg_constraint con
                            WHERE con.conrelid = i.indrelid AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')))""".formatted(db.notInExtension("pg_class", "c.oid")));
    }

    private static ObjectSelect statistics(CatalogContext db) {
        return ObjectSelect.of("'statistics'", "ns.name", "s.stxname::text")
                .parent("CASE WHEN rel.schema = ns.name THEN rel.kind END", "rel.relname::text")
                .group(ObjectGroup.STATISTICS, "s.oid")
                .fact("on", "t.relname::text")
                .fact("expressions", "substring(pg_get_statisticsobjdef(s.oid) FROM ' ON (.*) FROM ')")
                .fact("kinds", """
                    (SELECT string_agg(CASE kind WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies'
                                                  WHEN 'm' THEN 'mcv' END, ', ' ORDER BY kind)
                        FROM unnest(s.stxkind) kind WHERE kind <> 'e')""")
                .fact("target", db.since(13, "CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget::text END"))
                .fact(".comment", db.comment("pg_statistic_ext", "s.oid"))
                .owner("s.stxowner", "ns.owner")
                .from("""
                    ns
                    JOIN pg_statistic_ext s ON s.stxnamespace = ns.oid
                    JOIN pg_class t ON t.oid = s.stxrelid
                    LEFT JOIN rel ON rel.oid = s.stxrelid
                    WHERE %s""".formatted(db.notInExtension("pg_statistic_ext", "s.oid")));
    }

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(
                    IndexParts::indexes,
                    PresentObjectKinds.TABLES,
                    PresentObjectKinds.PARTITIONED_TABLES,
                    PresentObjectKinds.MATERIALIZED_VIEWS),
            CatalogPart.of(IndexParts::statistics, "pg_statistic_ext"));

    private IndexParts() {}
}
