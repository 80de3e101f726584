package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for operators and their classes, casts, collations, conversions and text search objects. */
final class OperatorParts {

    private static final String OPERATORS = """
            SELECT 'operator', ns.name,
                   o.oprname || '(' || CASE o.oprleft WHEN 0 THEN 'none' ELSE format_type(o.oprleft, NULL) END || ', '
                             || CASE o.oprright WHEN 0 THEN 'none' ELSE format_type(o.oprright, NULL) END || ')',
                   NULL, NULL, ARRAY[
                   'function', nullif(o.oprcode::oid, 0)::regprocedure::text,
                   'commutator', nullif(o.oprcom, 0)::regoperator::text,
                   'negator', nullif(o.oprnegate, 0)::regoperator::text,
                   'restrict', nullif(o.oprrest::oid, 0)::regproc::text,
                   'join', nullif(o.oprjoin::oid, 0)::regproc::text,
                   'hashes', CASE WHEN o.oprcanhash THEN 'yes' END,
                   'merges', CASE WHEN o.oprcanmerge THEN 'yes' END,
                   '.comment', {comment pg_operator o.oid},
                   '.owner', CASE WHEN o.oprowner <> ns.owner THEN pg_get_userbyid(o.oprowner)::text END]
              FROM ns JOIN pg_operator o ON o.oprnamespace = ns.oid
             WHERE {not in extension pg_operator o.oid}
            """;

    private static final String OPERATOR_FAMILIES = """
            SELECT 'operator-family', ns.name, f.opfname || ' using ' || am.amname, NULL, NULL, ARRAY[
                   'operators', (SELECT string_agg(o.amopstrategy || ' ' || o.amopopr::regoperator
                                        || CASE o.amoppurpose WHEN 'o' THEN ' for order by ' || (
                                             SELECT sf.opfname FROM pg_opfamily sf WHERE sf.oid = o.amopsortfamily)
                                           ELSE '' END, ', '
                                        ORDER BY o.amopstrategy, o.amopopr::regoperator::text)
                                   FROM pg_amop o WHERE o.amopfamily = f.oid),
                   'functions', (SELECT string_agg(p.amprocnum || ' (' || format_type(p.amproclefttype, NULL) || ','
                                        || format_type(p.amprocrighttype, NULL) || ') '
                                        || p.amproc::oid::regprocedure, ', '
                                        ORDER BY p.amprocnum, format_type(p.amproclefttype, NULL),
                                                 format_type(p.amprocrighttype, NULL))
                                   FROM pg_amproc p WHERE p.amprocfamily = f.oid),
                   '.comment', {comment pg_opfamily f.oid},
                   '.owner', CASE WHEN f.opfowner <> ns.owner THEN pg_get_userbyid(f.opfowner)::text END]
              FROM ns JOIN pg_opfamily f ON f.opfnamespace = ns.oid JOIN pg_am am ON am.oid = f.opfmethod
             WHERE {not in extension pg_opfamily f.oid}
            """;

    private static final String OPERATOR_CLASSES = """
            SELECT 'operator-class', ns.name, c.opcname || ' using ' || am.amname, NULL, NULL, ARRAY[
                   'type', format_type(c.opcintype, NULL),
                   'family', f.opfname::text,
                   'default', CASE WHEN c.opcdefault THEN 'yes' END,
                   'storage', CASE WHEN c.opckeytype <> 0 THEN format_type(c.opckeytype, NULL) END,
                   '.comment', {comment pg_opclass c.oid},
                   '.owner', CASE WHEN c.opcowner <> ns.owner THEN pg_get_userbyid(c.opcowner)::text END]
              FROM ns JOIN pg_opclass c ON c.opcnamespace = ns.oid JOIN pg_am am ON am.oid = c.opcmethod
              JOIN pg_opfamily f ON f.oid = c.opcfamily
             WHERE {not in extension pg_opclass c.oid}
            """;

    /** A cast belongs to no schema. It is in scope if one of its types or its function is. */
    private static final String CASTS = """
            SELECT 'cast', '', format_type(c.castsource, NULL) || ' as ' || format_type(c.casttarget, NULL), NULL, NULL,
                   ARRAY[
                   'function', nullif(c.castfunc, 0)::regprocedure::text,
                   'method', CASE c.castmethod WHEN 'b' THEN 'binary' WHEN 'i' THEN 'inout' END,
                   'context', CASE c.castcontext WHEN 'a' THEN 'assignment' WHEN 'i' THEN 'implicit' END,
                   '.comment', {comment pg_cast c.oid}]
              FROM pg_cast c
              JOIN pg_type s ON s.oid = c.castsource
              JOIN pg_type t ON t.oid = c.casttarget
              LEFT JOIN pg_proc p ON p.oid = c.castfunc
             WHERE c.oid >= 16384
               AND ({whole database} OR EXISTS (SELECT FROM ns
                     WHERE ns.oid IN (s.typnamespace, t.typnamespace, p.pronamespace)))
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid
                                                         AND d.deptype IN ('e', 'i'))
            """;

    private static final String TRANSFORMS = """
            SELECT 'transform', '', format_type(f.trftype, NULL) || ' for ' || l.lanname, NULL, NULL, ARRAY[
                   'from sql', nullif(f.trffromsql::oid, 0)::regprocedure::text,
                   'to sql', nullif(f.trftosql::oid, 0)::regprocedure::text,
                   '.comment', {comment pg_transform f.oid}]
              FROM pg_transform f JOIN pg_type t ON t.oid = f.trftype JOIN pg_language l ON l.oid = f.trflang
             WHERE ({whole database} OR EXISTS (SELECT FROM ns WHERE ns.oid = t.typnamespace))
               AND {not in extension pg_transform f.oid}
            """;

    private static final String COLLATIONS = """
            SELECT 'collation', ns.name, c.collname::text, NULL, NULL, ARRAY[
                   'provider', CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'c' THEN 'libc' WHEN 'b' THEN 'builtin'
                                                   ELSE c.collprovider::text END,
                   'locale', coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', c.collcollate::text),
                   'ctype', nullif(c.collctype::text, c.collcollate::text),
                   'rules', {since 16: c.collicurules},
                   'deterministic', CASE WHEN NOT c.collisdeterministic THEN 'no' END,
                   '.comment', {comment pg_collation c.oid},
                   '.owner', CASE WHEN c.collowner <> ns.owner THEN pg_get_userbyid(c.collowner)::text END]
              FROM ns JOIN pg_collation c ON c.collnamespace = ns.oid
             WHERE {not in extension pg_collation c.oid}
            """;

    private static final String CONVERSIONS = """
            SELECT 'conversion', ns.name, c.conname::text, NULL, NULL, ARRAY[
                   'from', pg_encoding_to_char(c.conforencoding)::text,
                   'to', pg_encoding_to_char(c.contoencoding)::text,
                   'function', c.conproc::regproc::text,
                   'default', CASE WHEN c.condefault THEN 'yes' END,
                   '.comment', {comment pg_conversion c.oid},
                   '.owner', CASE WHEN c.conowner <> ns.owner THEN pg_get_userbyid(c.conowner)::text END]
              FROM ns JOIN pg_conversion c ON c.connamespace = ns.oid
             WHERE {not in extension pg_conversion c.oid}
            """;

    private static final String TEXT_SEARCH_CONFIGURATIONS = """
            SELECT 'text-search-configuration', ns.name, c.cfgname::text, NULL, NULL, ARRAY[
                   'parser', p.prsname::text,
                   'mappings', (SELECT string_agg(token.alias || ' ' || m.dictionaries, ', ' ORDER BY token.alias)
                                  FROM (SELECT maptokentype, string_agg(mapdict::regdictionary::text, ' '
                                                                        ORDER BY mapseqno) AS dictionaries
                                          FROM pg_ts_config_map WHERE mapcfg = c.oid GROUP BY maptokentype) m
                                  JOIN ts_token_type(c.cfgparser) token ON token.tokid = m.maptokentype),
                   '.comment', {comment pg_ts_config c.oid},
                   '.owner', CASE WHEN c.cfgowner <> ns.owner THEN pg_get_userbyid(c.cfgowner)::text END]
              FROM ns JOIN pg_ts_config c ON c.cfgnamespace = ns.oid JOIN pg_ts_parser p ON p.oid = c.cfgparser
             WHERE {not in extension pg_ts_config c.oid}
            """;

    private static final String TEXT_SEARCH_DICTIONARIES = """
            SELECT 'text-search-dictionary', ns.name, d.dictname::text, NULL, NULL, ARRAY[
                   'template', t.tmplname::text,
                   'options', d.dictinitoption,
                   '.comment', {comment pg_ts_dict d.oid},
                   '.owner', CASE WHEN d.dictowner <> ns.owner THEN pg_get_userbyid(d.dictowner)::text END]
              FROM ns JOIN pg_ts_dict d ON d.dictnamespace = ns.oid JOIN pg_ts_template t ON t.oid = d.dicttemplate
             WHERE {not in extension pg_ts_dict d.oid}
            """;

    private static final String TEXT_SEARCH_PARSERS = """
            SELECT 'text-search-parser', ns.name, p.prsname::text, NULL, NULL, ARRAY[
                   'start', p.prsstart::regproc::text,
                   'token', p.prstoken::regproc::text,
                   'end', p.prsend::regproc::text,
                   'headline', nullif(p.prsheadline::oid, 0)::regproc::text,
                   'token types', p.prslextype::regproc::text,
                   '.comment', {comment pg_ts_parser p.oid}]
              FROM ns JOIN pg_ts_parser p ON p.prsnamespace = ns.oid
             WHERE {not in extension pg_ts_parser p.oid}
            """;

    private static final String TEXT_SEARCH_TEMPLATES = """
            SELECT 'text-search-template', ns.name, t.tmplname::text, NULL, NULL, ARRAY[
                   'init', nullif(t.tmplinit::oid, 0)::regproc::text,
                   'lexize', t.tmpllexize::regproc::text,
                   '.comment', {comment pg_ts_template t.oid}]
              FROM ns JOIN pg_ts_template t ON t.tmplnamespace = ns.oid
             WHERE {not in extension pg_ts_template t.oid}
            """;

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(OPERATORS, "pg_operator"),
            CatalogPart.of(OPERATOR_FAMILIES, "pg_opfamily"),
            CatalogPart.of(OPERATOR_CLASSES, "pg_opclass"),
            CatalogPart.of(CASTS, PresentObjectKinds.CASTS),
            CatalogPart.of(TRANSFORMS, PresentObjectKinds.TRANSFORMS),
            CatalogPart.of(COLLATIONS, "pg_collation"),
            CatalogPart.of(CONVERSIONS, "pg_conversion"),
            CatalogPart.of(TEXT_SEARCH_CONFIGURATIONS, "pg_ts_config"),
            CatalogPart.of(TEXT_SEARCH_DICTIONARIES, "pg_ts_dict"),
            CatalogPart.of(TEXT_SEARCH_PARSERS, "pg_ts_parser"),
            CatalogPart.of(TEXT_SEARCH_TEMPLATES, "pg_ts_template"));

    private OperatorParts() {}
}
