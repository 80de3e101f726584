package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;
import java.util.function.Consumer;

/** Catalog queries for tables, views, sequences and their columns. */
final class RelationParts {

    /** Returns the first common table expression of every catalog query: the namespaces in scope. */
    static String namespaces(CatalogContext db) {
        return """
                ns AS MATERIALIZED (
                  SELECT n.oid, CASE n.nspname WHEN %s THEN '' ELSE n.nspname::text END AS name, n.nspacl,
                         CASE WHEN pg_get_userbyid(n.nspowner) = 'pg_database_owner'
                              THEN (SELECT datdba FROM pg_database WHERE datname = current_database())
                              ELSE n.nspowner END AS owner
                    FROM pg_namespace n
                   WHERE %s AND %s
                )
                """.formatted(
                        db.schema(), CatalogQuery.namespaces(db.scope()), db.notInExtension("pg_namespace", "n.oid"));
    }

    /** Returns the common table expression for the relations of the namespaces. */
    static String relations(CatalogContext db) {
        return """
                rel AS MATERIALIZED (
                  SELECT c.*, ns.name AS schema, ns.owner AS schema_owner,
                         CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized-view' WHEN 'S' THEN 'sequence'
                                        WHEN 'c' THEN 'type' ELSE 'table' END AS kind
                    FROM pg_class c JOIN ns ON ns.oid = c.relnamespace
                   WHERE %sc.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND %s
                )
                """.formatted(
                db.rows() == CatalogQuery.Rows.PICKED ? "c.oid = ANY ((SELECT relations FROM picked)::oid[]) AND " : "",
                db.notInExtension("pg_class", "c.oid"));
    }

    /**
     * Reports that the role may not use the schema: the server would then format its names as if they were in another
     * schema.
     */
    private static ObjectSelect closedSchema(CatalogContext db) {
        return ObjectSelect.of("'schema'", "ns.name", db.schema() + "::text")
                .fact(".closed to", "current_user::text")
                .from("""
                    ns
                    WHERE ns.name = '' AND NOT has_schema_privilege(ns.oid, 'USAGE')""");
    }

    private static ObjectSelect tables(CatalogContext db) {
        return ObjectSelect.of("'table'", "rel.schema", "rel.relname::text")
                .group(ObjectGroup.RELATION, "rel.oid")
                .fact(
                        "partition by",
                        db.valueIf(
                                PresentObjectKinds.PARTITIONED_TABLES,
                                "CASE rel.relkind WHEN 'p' THEN pg_get_partkeydef(rel.oid) END"))
                .fact("partition of", db.valueIf(PresentObjectKinds.INHERITED_TABLES, """
                    CASE WHEN rel.relispartition THEN
                        up.parents || ' ' || pg_get_expr(rel.relpartbound, rel.oid) END"""))
                .fact("detach pending", db.valueIf(PresentObjectKinds.INHERITED_TABLES, "up.detached"))
                .fact(
                        "inherits",
                        db.valueIf(
                                PresentObjectKinds.INHERITED_TABLES,
                                "CASE WHEN NOT rel.relispartition THEN up.parents END"))
                .fact("row security", "CASE WHEN rel.relrowsecurity THEN 'enabled' END")
                .fact("row security for the owner", "CASE WHEN rel.relforcerowsecurity THEN 'forced' END")
                .fact("unlogged", "CASE rel.relpersistence WHEN 'u' THEN 'yes' END")
                .fact("*with", "array_to_string(rel.reloptions, chr(31))")
                .fact("*toast with", "array_to_string(toast.reloptions, chr(31))")
                .fact("access method", "nullif(am.amname::text, 'heap')")
                .fact("tablespace", "ts.spcname::text")
                .fact("of", "CASE WHEN rel.reloftype <> 0 THEN format_type(rel.reloftype, NULL) END")
                .fact("replica identity", """
                    CASE WHEN rel.relkind IN ('r', 'p')
                        THEN CASE rel.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing'
                                                   WHEN 'i' THEN 'index' END END""")
                .fact("server", db.valueIf(PresentObjectKinds.FOREIGN_TABLES, "fs.srvname::text"))
                .fact(
                        "*foreign options",
                        db.valueIf(PresentObjectKinds.FOREIGN_TABLES, "array_to_string(ft.ftoptions, chr(31))"))
                .fact(".comment", db.comment("pg_class", "rel.oid"))
                .owner("rel.relowner", "rel.schema_owner")
                .fact(".grants", Privileges.sql("r", "rel.relacl", "rel.relowner"))
                .from("""
                    rel
                    LEFT JOIN pg_am am ON am.oid = rel.relam
                    LEFT JOIN pg_tablespace ts ON ts.oid = rel.reltablespace
                    LEFT JOIN pg_class toast ON toast.oid = rel.reltoastrelid AND toast.reloptions IS NOT NULL
                    %s
                    %s
                    WHERE rel.relkind IN ('r', 'p', 'f')""".formatted(
                                db.clauseIf(PresentObjectKinds.INHERITED_TABLES, """
                    LEFT JOIN (
                        SELECT i.inhrelid, string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) AS parents,
                               %s AS detached
                          FROM pg_inherits i JOIN rel child ON child.oid = i.inhrelid
                         GROUP BY i.inhrelid) up ON up.inhrelid = rel.oid""".formatted(
                                                db.since(14, "max(CASE WHEN i.inhdetachpending THEN 'yes' END)"))),
                                db.clauseIf(PresentObjectKinds.FOREIGN_TABLES, """
                    LEFT JOIN pg_foreign_table ft ON ft.ftrelid = rel.oid
                        LEFT JOIN pg_foreign_server fs ON fs.oid = ft.ftserver""")));
    }

    /**
     * The name of an identity column's sequence is left out if the server may have generated it, also for an earlier
     * name of the table or column. The name of a NOT NULL is left out, because NOT NULL is no constraint before version
     * 18.
     */
    private static ObjectSelect columns(CatalogContext db) {
        return ObjectSelect.of("'column'", "rel.schema", "a.attname::text")
                .parent("'table'", "rel.relname::text")
                .group(ObjectGroup.RELATION, "rel.oid")
                .fact(".position", "a.attnum::text")
                .fact(".type", "format_type(a.atttypid, a.atttypmod)")
                .flag(".nullable", "NOT a.attnotnull")
                .fact(".default", "CASE a.attgenerated WHEN '' THEN pg_get_expr(d.adbin, d.adrelid) END")
                .fact(".generated", """
                    CASE WHEN a.attgenerated <> '' THEN 'always (' || pg_get_expr(d.adbin, d.adrelid, true)
                        || ') ' || CASE a.attgenerated WHEN 's' THEN 'stored' ELSE 'virtual' END END""")
                .fact(".identity", "CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END")
                .fact(".collation", """
                    CASE WHEN a.attcollation <> t.typcollation THEN
                        (SELECT CASE WHEN pg_collation_is_visible(co.oid) THEN '' ELSE con.nspname || '.' END || co.collname
                           FROM pg_collation co JOIN pg_namespace con ON con.oid = co.collnamespace
                          WHERE co.oid = a.attcollation) END""")
                .fact("storage", """
                    CASE WHEN a.attstorage <> t.typstorage THEN
                        CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main'
                                          WHEN 'x' THEN 'extended' END END""")
                .fact("compression", db.since(14, "CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END"))
                .fact("statistics target", "CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END")
                .fact("*options", "array_to_string(a.attoptions, chr(31))")
                .fact(
                        "*foreign options",
                        db.valueIf(PresentObjectKinds.FOREIGN_TABLES, "array_to_string(a.attfdwoptions, chr(31))"))
                .fact("inherited", db.valueIf(PresentObjectKinds.INHERITED_TABLES, """
                    CASE WHEN a.attinhcount > 0 THEN
                        CASE WHEN a.attislocal THEN 'and declared' ELSE 'yes' END END"""))
                .fact(
                        "identity sequence",
                        db.valueIf(
                                PresentObjectKinds.IDENTITIES, "CASE WHEN s.name !~ '._.*_seq[0-9]*$' THEN s.name END"))
                .fact("identity type", db.valueIf(PresentObjectKinds.IDENTITIES, """
                    CASE WHEN s.seqtypid <> a.atttypid THEN
                        format_type(s.seqtypid, NULL) END"""))
                .and(sequenceOptions(db, "s", "identity "))
                .fact("identity unlogged", db.valueIf(PresentObjectKinds.IDENTITIES, db.since(15, """
                    CASE WHEN s.relpersistence <> rel.relpersistence THEN
                        CASE s.relpersistence WHEN 'u' THEN 'yes' ELSE 'no' END END""")))
                .fact(
                        "identity comment",
                        db.valueIf(PresentObjectKinds.IDENTITIES, db.comment("pg_class", "s.seqrelid")))
                .fact("identity grants", db.valueIf(PresentObjectKinds.IDENTITIES, """
                    CASE WHEN s.relacl IS NOT NULL THEN
                        (SELECT string_agg(g.who || ' ' || g.what, ', ' ORDER BY g.who, g.what)
                           FROM (SELECT CASE x.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(x.grantee)::text END AS who,
                                        lower(x.privilege_type)
                                        || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END AS what
                                   FROM aclexplode(s.relacl) x WHERE x.grantee <> rel.relowner) g) END"""))
                .fact("not null", db.since(18, """
                    nullif(concat_ws(', ', CASE WHEN NOT nn.convalidated THEN 'not valid' END,
                        CASE WHEN nn.connoinherit THEN 'no inherit' END), '')"""))
                .fact("not null comment", db.since(18, db.comment("pg_constraint", "nn.oid")))
                .fact(".comment", db.columnComment("rel.oid", "a.attnum"))
                .fact(".grants", Privileges.sql("c", "a.attacl", "rel.relowner"))
                .from("""
                    rel
                    JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
                    JOIN pg_type t ON t.oid = a.atttypid
                    LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
                    %s
                    %s
                    WHERE rel.relkind IN ('r', 'p', 'f')""".formatted(db.clauseIf(PresentObjectKinds.IDENTITIES, """
                    LEFT JOIN LATERAL (
                          SELECT q.*, sc.relname::text AS name, sc.relpersistence, sc.relacl
                            FROM pg_depend own
                            JOIN pg_sequence q ON q.seqrelid = own.objid
                            JOIN pg_class sc ON sc.oid = own.objid
                           WHERE own.classid = 'pg_class'::regclass AND own.refclassid = 'pg_class'::regclass
                             AND own.refobjid = a.attrelid AND own.refobjsubid = a.attnum AND own.deptype = 'i'
                             AND a.attidentity <> ''
                        ) s ON TRUE"""), db.clauseSince(18, """
                    LEFT JOIN pg_constraint nn
                         ON nn.contype = 'n' AND nn.conrelid = rel.oid AND nn.conkey[1] = a.attnum
                        AND (NOT nn.convalidated OR nn.connoinherit OR %s IS NOT NULL)""".formatted(
                                db.comment("pg_constraint", "nn.oid")))));
    }

    /** The properties that a view's columns have of their own. Their names and types come from the query. */
    private static ObjectSelect viewColumns(CatalogContext db) {
        return ObjectSelect.of("k.kind", "rel.schema", "rel.relname || '.' || a.attname")
                .parent("rel.kind", "rel.relname::text")
                .group(ObjectGroup.RELATION, "rel.oid")
                .fact(".position", "CASE k.kind WHEN 'column' THEN a.attnum::text END")
                .fact(".column", "a.attname::text")
                .fact("expression", "CASE k.kind WHEN 'default' THEN pg_get_expr(d.adbin, d.adrelid) END")
                .fact(
                        "statistics target",
                        "CASE WHEN k.kind = 'column' AND a.attstattarget >= 0 THEN a.attstattarget::text END")
                .fact("options", """
                    CASE k.kind WHEN 'column' THEN
                        (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(a.attoptions) o) END""")
                .fact(
                        "storage",
                        "CASE WHEN k.kind = 'column' AND a.attstorage <> t.typstorage THEN a.attstorage::text END")
                .fact("compression", db.since(14, """
                    CASE k.kind WHEN 'column' THEN
                        CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END END"""))
                .fact(".comment", "CASE k.kind WHEN 'column' THEN " + db.columnComment("rel.oid", "a.attnum") + " END")
                .fact(
                        ".grants",
                        "CASE k.kind WHEN 'column' THEN " + Privileges.sql("c", "a.attacl", "rel.relowner") + " END")
                .from("""
                    rel
                    JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
                    JOIN pg_type t ON t.oid = a.atttypid
                    LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
                    CROSS JOIN (VALUES ('column'), ('default')) k(kind)
                    WHERE rel.relkind IN ('v', 'm') AND (k.kind = 'column' OR d.oid IS NOT NULL)""");
    }

    private static ObjectSelect views(CatalogContext db) {
        return ObjectSelect.of("rel.kind", "rel.schema", "rel.relname::text")
                .group(ObjectGroup.RELATION, "rel.oid")
                .fact(".query", "pg_get_viewdef(rel.oid, true)")
                .fact(
                        "check option",
                        "(SELECT split_part(o, '=', 2) FROM unnest(rel.reloptions) o WHERE o LIKE 'check_option=%')")
                .fact(
                        "*with",
                        "array_to_string(ARRAY(SELECT o FROM unnest(rel.reloptions) o WHERE o NOT LIKE 'check_option=%'), chr(31))")
                .fact("*toast with", "array_to_string(toast.reloptions, chr(31))")
                .fact("populated", "CASE WHEN NOT rel.relispopulated THEN 'no' END")
                .fact("depends on extensions", db.extensions("pg_class", "rel.oid"))
                .fact("access method", "nullif(am.amname::text, 'heap')")
                .fact("tablespace", "ts.spcname::text")
                .fact(".comment", db.comment("pg_class", "rel.oid"))
                .owner("rel.relowner", "rel.schema_owner")
                .fact(".grants", Privileges.sql("r", "rel.relacl", "rel.relowner"))
                .from("""
                    rel
                    LEFT JOIN pg_am am ON am.oid = rel.relam
                    LEFT JOIN pg_tablespace ts ON ts.oid = rel.reltablespace
                    LEFT JOIN pg_class toast ON toast.oid = rel.reltoastrelid AND toast.reloptions IS NOT NULL
                    WHERE rel.relkind IN ('v', 'm')""");
    }

    /** The options of a sequence that differ from the defaults of its type and direction. */
    private static Consumer<ObjectSelect> sequenceOptions(CatalogContext db, String alias, String prefix) {
        return select -> {
            if (!db.present().contains(PresentObjectKinds.IDENTITIES)) {
                return;
            }
            select.fact(prefix + "increment", "nullif(%s.seqincrement, 1)::text".formatted(alias))
                    .fact(prefix + "min", """
                            nullif(%1$s.seqmin, CASE WHEN %1$s.seqincrement > 0 THEN 1 ELSE
                                CASE %1$s.seqtypid WHEN 21 THEN -32768 WHEN 23 THEN -2147483648
                                                   ELSE -9223372036854775808 END END)::text""".formatted(alias))
                    .fact(prefix + "max", """
                            nullif(%1$s.seqmax, CASE WHEN %1$s.seqincrement < 0 THEN -1 ELSE
                                CASE %1$s.seqtypid WHEN 21 THEN 32767 WHEN 23 THEN 2147483647
                                                   ELSE 9223372036854775807 END END)::text""".formatted(alias))
                    .fact(prefix + "start", """
                            nullif(%1$s.seqstart, CASE WHEN %1$s.seqincrement > 0 THEN %1$s.seqmin
                                                       ELSE %1$s.seqmax END)::text""".formatted(alias))
                    .fact(prefix + "cache", "nullif(%s.seqcache, 1)::text".formatted(alias))
                    .fact(prefix + "cycle", "CASE WHEN %s.seqcycle THEN 'yes' END".formatted(alias));
        };
    }

    /** Sequences of identity columns are part of the column. */
    private static ObjectSelect sequences(CatalogContext db) {
        return ObjectSelect.of("'sequence'", "rel.schema", "rel.relname::text")
                .parent("CASE WHEN a.attname IS NOT NULL THEN 'column' END", "t.relname || '.' || a.attname")
                .group(ObjectGroup.RELATION, "rel.oid")
                .fact("type", "format_type(s.seqtypid, NULL)")
                .and(sequenceOptions(db, "s", ""))
                .fact("unlogged", "CASE rel.relpersistence WHEN 'u' THEN 'yes' END")
                .fact("owned by", "t.relname || '.' || a.attname")
                .fact(".table", "t.relname::text")
                .fact(".columns", "a.attname::text")
                .fact(".comment", db.comment("pg_class", "rel.oid"))
                .owner("rel.relowner", "rel.schema_owner")
                .fact(".grants", Privileges.sql("s", "rel.relacl", "rel.relowner"))
                .from("""
                    rel
                    JOIN pg_sequence s ON s.seqrelid = rel.oid
                    LEFT JOIN pg_depend own ON own.classid = 'pg_class'::regclass AND own.objid = rel.oid
                          AND own.refclassid = 'pg_class'::regclass AND own.deptype IN ('a', 'i') AND own.refobjsubid > 0
                    LEFT JOIN rel t ON t.oid = own.refobjid AND t.relnamespace = rel.relnamespace
                    LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = own.refobjsubid
                    WHERE own.deptype IS DISTINCT FROM 'i'""");
    }

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(RelationParts::closedSchema, PresentObjectKinds.CLOSED_SCHEMA),
            new CatalogPart(RelationParts::tables, PresentObjectKinds.ANY_TABLE),
            new CatalogPart(RelationParts::columns, PresentObjectKinds.ANY_TABLE),
            CatalogPart.of(RelationParts::viewColumns, PresentObjectKinds.VIEWS, PresentObjectKinds.MATERIALIZED_VIEWS),
            CatalogPart.of(RelationParts::views, PresentObjectKinds.VIEWS, PresentObjectKinds.MATERIALIZED_VIEWS),
            CatalogPart.of(RelationParts::sequences, PresentObjectKinds.SEQUENCES));

    private RelationParts() {}
}
