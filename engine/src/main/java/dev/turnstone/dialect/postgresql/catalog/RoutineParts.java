package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for functions, procedures and aggregates. */
final class RoutineParts {

    private static ObjectSelect routines(CatalogContext db) {
        return ObjectSelect.of(
                        "CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END",
                        "ns.name",
                        "p.proname || '(' || oidvectortypes(p.proargtypes) || ')'")
                .group(ObjectGroup.ROUTINE, "p.oid")
                .fact("arguments", "nullif(pg_get_function_arguments(p.oid), '')")
                .fact("returns", "pg_get_function_result(p.oid)")
                .fact("language", "nullif(l.lanname::text, CASE p.prokind WHEN 'a' THEN 'internal' END)")
                .fact("window", "CASE p.prokind WHEN 'w' THEN 'yes' END")
                .fact("volatility", """
                    CASE WHEN p.prokind <> 'a' THEN
                        CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END END""")
                .flag("strict", "p.proisstrict")
                .fact("security", "CASE WHEN p.prosecdef THEN 'definer' END")
                .flag("leakproof", "p.proleakproof")
                .fact("parallel", "CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END")
                .fact("cost", """
                    CASE WHEN p.prokind <> 'a' THEN
                        nullif(p.procost, CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END)::text END""")
                .fact("rows", "CASE WHEN p.proretset THEN nullif(p.prorows, 1000)::text END")
                .fact("set", """
                    (SELECT string_agg(
                        CASE WHEN c LIKE 'search\\_path=%%' THEN
                             'search_path=' || (SELECT string_agg(
                                    CASE trim(w) WHEN quote_ident(%s) THEN '$schema'
                                                 WHEN '"' || %s || '"' THEN '$schema'
                                                 ELSE trim(w) END, ', ' ORDER BY place)
                                FROM unnest(string_to_array(substr(c, 13), ',')) WITH ORDINALITY s(w, place))
                             ELSE c END, ', ' ORDER BY c) FROM unnest(p.proconfig) c)""".formatted(db.schema(), db.schema()))
                .fact("support", "nullif(p.prosupport::oid, 0)::regproc::text")
                .fact("transform", "(SELECT string_agg(format_type(t, NULL), ', ') FROM unnest(p.protrftypes) t)")
                .fact("library", "p.probin")
                .fact("body", """
                    CASE WHEN p.prokind <> 'a' THEN
                        coalesce(%s, p.prosrc) END""".formatted(db.since(14, "pg_get_function_sqlbody(p.oid)")))
                .fact(
                        "aggregate kind",
                        "CASE a.aggkind WHEN 'o' THEN 'ordered set' WHEN 'h' THEN 'hypothetical set' END")
                .fact("state function", "nullif(a.aggtransfn::oid, 0)::regprocedure::text")
                .fact("state type", "CASE WHEN a.aggtranstype <> 0 THEN format_type(a.aggtranstype, NULL) END")
                .fact("state space", "nullif(a.aggtransspace, 0)::text")
                .fact("final function", "nullif(a.aggfinalfn::oid, 0)::regprocedure::text")
                .flag("final function extra", "a.aggfinalextra")
                .fact("final function modifies", """
                    nullif(a.aggfinalmodify,
                        CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char")::text""")
                .fact("combine function", "nullif(a.aggcombinefn::oid, 0)::regprocedure::text")
                .fact("serialize function", "nullif(a.aggserialfn::oid, 0)::regprocedure::text")
                .fact("deserialize function", "nullif(a.aggdeserialfn::oid, 0)::regprocedure::text")
                .fact("initial state", "a.agginitval")
                .fact("sort operator", "nullif(a.aggsortop, 0)::regoperator::text")
                .fact("moving state function", "nullif(a.aggmtransfn::oid, 0)::regprocedure::text")
                .fact("moving inverse function", "nullif(a.aggminvtransfn::oid, 0)::regprocedure::text")
                .fact("moving state type", "CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END")
                .fact("moving state space", "nullif(a.aggmtransspace, 0)::text")
                .fact("moving final function", "nullif(a.aggmfinalfn::oid, 0)::regprocedure::text")
                .flag("moving final function extra", "a.aggmfinalextra")
                .fact("moving final function modifies", """
                    nullif(a.aggmfinalmodify,
                        CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char")::text""")
                .fact("moving initial state", "a.aggminitval")
                .fact("depends on extensions", db.extensions("pg_proc", "p.oid"))
                .fact(".comment", db.comment("pg_proc", "p.oid"))
                .owner("p.proowner", "ns.owner")
                .fact(".grants", Privileges.sql("f", "p.proacl", "p.proowner"))
                .from("""
                    ns
                    JOIN pg_proc p ON p.pronamespace = ns.oid
                    JOIN pg_language l ON l.oid = p.prolang
                    LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
                    WHERE %s
                         -- The constructors of a range type are created and dropped with the type.
                     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                                                               AND d.deptype = 'i' AND d.refclassid = 'pg_type'::regclass)""".formatted(db.notInExtension("pg_proc", "p.oid")));
    }

    static final List<CatalogPart> ALL = List.of(CatalogPart.of(RoutineParts::routines, "pg_proc"));

    private RoutineParts() {}
}
