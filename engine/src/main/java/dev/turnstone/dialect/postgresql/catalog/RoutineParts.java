package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for functions, procedures and aggregates. */
final class RoutineParts {

    private static final String ROUTINES = """
            SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
                   ns.name, p.proname || '(' || oidvectortypes(p.proargtypes) || ')', NULL, NULL, ARRAY[
                   'arguments', nullif(pg_get_function_arguments(p.oid), ''),
                   'returns', pg_get_function_result(p.oid),
                   'language', nullif(l.lanname::text, CASE p.prokind WHEN 'a' THEN 'internal' END),
                   'window', CASE p.prokind WHEN 'w' THEN 'yes' END,
                   'volatility', CASE WHEN p.prokind <> 'a' THEN
                       CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END END,
                   'strict', CASE WHEN p.proisstrict THEN 'yes' END,
                   'security', CASE WHEN p.prosecdef THEN 'definer' END,
                   'leakproof', CASE WHEN p.proleakproof THEN 'yes' END,
                   'parallel', CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END,
                   'cost', CASE WHEN p.prokind <> 'a' THEN
                       nullif(p.procost, CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END)::text END,
                   'rows', CASE WHEN p.proretset THEN nullif(p.prorows, 1000)::text END,
                   'set', (SELECT string_agg(
                                  CASE WHEN c LIKE 'search\\_path=%' THEN
                                       'search_path=' || (SELECT string_agg(
                                              CASE trim(w) WHEN quote_ident({schema}) THEN '$schema'
                                                           WHEN '"' || {schema} || '"' THEN '$schema'
                                                           ELSE trim(w) END, ', ' ORDER BY place)
                                          FROM unnest(string_to_array(substr(c, 13), ',')) WITH ORDINALITY s(w, place))
                                       ELSE c END, ', ' ORDER BY c) FROM unnest(p.proconfig) c),
                   'support', nullif(p.prosupport::oid, 0)::regproc::text,
                   'transform', (SELECT string_agg(format_type(t, NULL), ', ') FROM unnest(p.protrftypes) t),
                   'library', p.probin,
                   'body', CASE WHEN p.prokind <> 'a' THEN
                       coalesce({since 14: pg_get_function_sqlbody(p.oid)}, p.prosrc) END,
                   'aggregate kind', CASE a.aggkind WHEN 'o' THEN 'ordered set' WHEN 'h' THEN 'hypothetical set' END,
                   'state function', nullif(a.aggtransfn::oid, 0)::regprocedure::text,
                   'state type', CASE WHEN a.aggtranstype <> 0 THEN format_type(a.aggtranstype, NULL) END,
                   'state space', nullif(a.aggtransspace, 0)::text,
                   'final function', nullif(a.aggfinalfn::oid, 0)::regprocedure::text,
                   'final function extra', CASE WHEN a.aggfinalextra THEN 'yes' END,
                   'final function modifies', nullif(a.aggfinalmodify,
                       CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char")::text,
                   'combine function', nullif(a.aggcombinefn::oid, 0)::regprocedure::text,
                   'serialize function', nullif(a.aggserialfn::oid, 0)::regprocedure::text,
                   'deserialize function', nullif(a.aggdeserialfn::oid, 0)::regprocedure::text,
                   'initial state', a.agginitval,
                   'sort operator', nullif(a.aggsortop, 0)::regoperator::text,
                   'moving state function', nullif(a.aggmtransfn::oid, 0)::regprocedure::text,
                   'moving inverse function', nullif(a.aggminvtransfn::oid, 0)::regprocedure::text,
                   'moving state type', CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END,
                   'moving state space', nullif(a.aggmtransspace, 0)::text,
                   'moving final function', nullif(a.aggmfinalfn::oid, 0)::regprocedure::text,
                   'moving final function extra', CASE WHEN a.aggmfinalextra THEN 'yes' END,
                   'moving final function modifies', nullif(a.aggmfinalmodify,
                       CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char")::text,
                   'moving initial state', a.aggminitval,
                   'depends on extensions', {extensions pg_proc p.oid},
                   '.comment', {comment pg_proc p.oid},
                   '.owner', CASE WHEN p.proowner <> ns.owner THEN pg_get_userbyid(p.proowner)::text END,
                   '.grants', {privileges f p.proacl p.proowner}
                   ]
              FROM ns
              JOIN pg_proc p ON p.pronamespace = ns.oid
              JOIN pg_language l ON l.oid = p.prolang
              LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
             WHERE {not in extension pg_proc p.oid}
                   -- The constructors of a range type are created and dropped with the type.
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                                                         AND d.deptype = 'i' AND d.refclassid = 'pg_type'::regclass)
            """;

    static final List<CatalogPart> ALL = List.of(CatalogPart.of(ROUTINES, "pg_proc"));

    private RoutineParts() {}
}
