package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for operators and their classes, casts, collations, conversions and text search objects. */
final class OperatorParts {

    private static ObjectSelect operators(CatalogContext db) {
        return ObjectSelect.of("'operator'", "ns.name", """
                    o.oprname || '(' || CASE o.oprleft WHEN 0 THEN 'none' ELSE format_type(o.oprleft, NULL) END || ', '
                        || CASE o.oprright WHEN 0 THEN 'none' ELSE format_type(o.oprright, NULL) END || ')'""")
                .fact("function", "nullif(o.oprcode::oid, 0)::regprocedure::text")
                .fact("commutator", "nullif(o.oprcom, 0)::regoperator::text")
                .fact("negator", "nullif(o.oprnegate, 0)::regoperator::text")
                .fact("restrict", "nullif(o.oprrest::oid, 0)::regproc::text")
                .fact("join", "nullif(o.oprjoin::oid, 0)::regproc::text")
                .flag("hashes", "o.oprcanhash")
                .flag("merges", "o.oprcanmerge")
                .fact(".comment", db.comment("pg_operator", "o.oid"))
                .owner("o.oprowner", "ns.owner")
                .from("""
                    ns JOIN pg_operator o ON o.oprnamespace = ns.oid
                    WHERE %s""".formatted(db.notInExtension("pg_operator", "o.oid")));
    }

    private static ObjectSelect operatorFamilies(CatalogContext db) {
        return ObjectSelect.of("'operator-family'", "ns.name", "f.opfname || ' using ' || am.amname")
                .fact("operators", """
                    (SELECT string_agg(o.amopstrategy || ' ' || o.amopopr::regoperator
                             || CASE o.amoppurpose WHEN 'o' THEN ' for order by ' || (
                                  SELECT sf.opfname FROM pg_opfamily sf WHERE sf.oid = o.amopsortfamily)
                                ELSE '' END, ', '
                             ORDER BY o.amopstrategy, o.amopopr::regoperator::text)
                        FROM pg_amop o WHERE o.amopfamily = f.oid)""")
                .fact("functions", """
                    (SELECT string_agg(p.amprocnum || ' (' || format_type(p.amproclefttype, NULL) || ','
                             || format_type(p.amprocrighttype, NULL) || ') '
                             || p.amproc::oid::regprocedure, ', '
                             ORDER BY p.amprocnum, format_type(p.amproclefttype, NULL),
                                      format_type(p.amprocrighttype, NULL))
                        FROM pg_amproc p WHERE p.amprocfamily = f.oid)""")
                .fact(".comment", db.comment("pg_opfamily", "f.oid"))
                .owner("f.opfowner", "ns.owner")
                .from("""
                    ns JOIN pg_opfamily f ON f.opfnamespace = ns.oid JOIN pg_am am ON am.oid = f.opfmethod
                    WHERE %s""".formatted(db.notInExtension("pg_opfamily", "f.oid")));
    }

    private static ObjectSelect operatorClasses(CatalogContext db) {
        return ObjectSelect.of("'operator-class'", "ns.name", "c.opcname || ' using ' || am.amname")
                .fact("type", "format_type(c.opcintype, NULL)")
                .fact("family", "f.opfname::text")
                .flag("default", "c.opcdefault")
                .fact("storage", "CASE WHEN c.opckeytype <> 0 THEN format_type(c.opckeytype, NULL) END")
                .fact(".comment", db.comment("pg_opclass", "c.oid"))
                .owner("c.opcowner", "ns.owner")
                .from("""
                    ns JOIN pg_opclass c ON c.opcnamespace = ns.oid JOIN pg_am am ON am.oid = c.opcmethod
                    JOIN pg_opfamily f ON f.oid = c.opcfamily
                    WHERE %s""".formatted(db.notInExtension("pg_opclass", "c.oid")));
    }

    /** A cast belongs to no schema. It is in scope if one of its types or its function is. */
    private static ObjectSelect casts(CatalogContext db) {
        return ObjectSelect.of(
                        "'cast'", "''", "format_type(c.castsource, NULL) || ' as ' || format_type(c.casttarget, NULL)")
                .fact("function", "nullif(c.castfunc, 0)::regprocedure::text")
                .fact("method", "CASE c.castmethod WHEN 'b' THEN 'binary' WHEN 'i' THEN 'inout' END")
                .fact("context", "CASE c.castcontext WHEN 'a' THEN 'assignment' WHEN 'i' THEN 'implicit' END")
                .fact(".comment", db.comment("pg_cast", "c.oid"))
                .from("""
                    pg_cast c
                    JOIN pg_type s ON s.oid = c.castsource
                    JOIN pg_type t ON t.oid = c.casttarget
                    LEFT JOIN pg_proc p ON p.oid = c.castfunc
                    WHERE c.oid >= 16384
                     AND (%s OR EXISTS (SELECT FROM ns
                           WHERE ns.oid IN (s.typnamespace, t.typnamespace, p.pronamespace)))
                     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid
                                                               AND d.deptype IN ('e', 'i'))""".formatted(db.wholeDatabase()));
    }

    private static ObjectSelect transforms(CatalogContext db) {
        return ObjectSelect.of("'transform'", "''", "format_type(f.trftype, NULL) || ' for ' || l.lanname")
                .fact("from sql", "nullif(f.trffromsql::oid, 0)::regprocedure::text")
                .fact("to sql", "nullif(f.trftosql::oid, 0)::regprocedure::text")
                .fact(".comment", db.comment("pg_transform", "f.oid"))
                .from("""
                    pg_transform f JOIN pg_type t ON t.oid = f.trftype JOIN pg_language l ON l.oid = f.trflang
                    WHERE (%s OR EXISTS (SELECT FROM ns WHERE ns.oid = t.typnamespace))
                     AND %s""".formatted(db.wholeDatabase(), db.notInExtension("pg_transform", "f.oid")));
    }

    private static ObjectSelect collations(CatalogContext db) {
        return ObjectSelect.of("'collation'", "ns.name", "c.collname::text")
                .fact("provider", """
                    CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'c' THEN 'libc' WHEN 'b' THEN 'builtin'
                        ELSE c.collprovider::text END""")
                .fact(
                        "locale",
                        "coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', c.collcollate::text)")
                .fact("ctype", "nullif(c.collctype::text, c.collcollate::text)")
                .fact("rules", db.since(16, "c.collicurules"))
                .fact("deterministic", "CASE WHEN NOT c.collisdeterministic THEN 'no' END")
                .fact(".comment", db.comment("pg_collation", "c.oid"))
                .owner("c.collowner", "ns.owner")
                .from("""
                    ns JOIN pg_collation c ON c.collnamespace = ns.oid
                    WHERE %s""".formatted(db.notInExtension("pg_collation", "c.oid")));
    }

    private static ObjectSelect conversions(CatalogContext db) {
        return ObjectSelect.of("'conversion'", "ns.name", "c.conname::text")
                .fact("from", "pg_encoding_to_char(c.conforencoding)::text")
                .fact("to", "pg_encoding_to_char(c.contoencoding)::text")
                .fact("function", "c.conproc::regproc::text")
                .flag("default", "c.condefault")
                .fact(".comment", db.comment("pg_conversion", "c.oid"))
                .owner("c.conowner", "ns.owner")
                .from("""
                    ns JOIN pg_conversion c ON c.connamespace = ns.oid
                    WHERE %s""".formatted(db.notInExtension("pg_conversion", "c.oid")));
    }

    private static ObjectSelect textSearchConfigurations(CatalogContext db) {
        return ObjectSelect.of("'text-search-configuration'", "ns.name", "c.cfgname::text")
                .fact("parser", "p.prsname::text")
                .fact("mappings", """
                    (SELECT string_agg(token.alias || ' ' || m.dictionaries, ', ' ORDER BY token.alias)
                        FROM (SELECT maptokentype, string_agg(mapdict::regdictionary::text, ' '
                                                              ORDER BY mapseqno) AS dictionaries
                                FROM pg_ts_config_map WHERE mapcfg = c.oid GROUP BY maptokentype) m
                        JOIN ts_token_type(c.cfgparser) token ON token.tokid = m.maptokentype)""")
                .fact(".comment", db.comment("pg_ts_config", "c.oid"))
                .owner("c.cfgowner", "ns.owner")
                .from("""
                    ns JOIN pg_ts_config c ON c.cfgnamespace = ns.oid JOIN pg_ts_parser p ON p.oid = c.cfgparser
                    WHERE %s""".formatted(db.notInExtension("pg_ts_config", "c.oid")));
    }

    private static ObjectSelect textSearchDictionaries(CatalogContext db) {
        return ObjectSelect.of("'text-search-dictionary'", "ns.name", "d.dictname::text")
                .fact("template", "t.tmplname::text")
                .fact("options", "d.dictinitoption")
                .fact(".comment", db.comment("pg_ts_dict", "d.oid"))
                .owner("d.dictowner", "ns.owner")
                .from("""
                    ns JOIN pg_ts_dict d ON d.dictnamespace = ns.oid JOIN pg_ts_template t ON t.oid = d.dicttemplate
                    WHERE %s""".formatted(db.notInExtension("pg_ts_dict", "d.oid")));
    }

    private static ObjectSelect textSearchParsers(CatalogContext db) {
        return ObjectSelect.of("'text-search-parser'", "ns.name", "p.prsname::text")
                .fact("start", "p.prsstart::regproc::text")
                .fact("token", "p.prstoken::regproc::text")
                .fact("end", "p.prsend::regproc::text")
                .fact("headline", "nullif(p.prsheadline::oid, 0)::regproc::text")
                .fact("token types", "p.prslextype::regproc::text")
                .fact(".comment", db.comment("pg_ts_parser", "p.oid"))
                .from("""
                    ns JOIN pg_ts_parser p ON p.prsnamespace = ns.oid
                    WHERE %s""".formatted(db.notInExtension("pg_ts_parser", "p.oid")));
    }

    private static ObjectSelect textSearchTemplates(CatalogContext db) {
        return ObjectSelect.of("'text-search-template'", "ns.name", "t.tmplname::text")
                .fact("init", "nullif(t.tmplinit::oid, 0)::regproc::text")
                .fact("lexize", "t.tmpllexize::regproc::text")
                .fact(".comment", db.comment("pg_ts_template", "t.oid"))
                .from("""
                    ns JOIN pg_ts_template t ON t.tmplnamespace = ns.oid
                    WHERE %s""".formatted(db.notInExtension("pg_ts_template", "t.oid")));
    }

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(OperatorParts::operators, "pg_operator"),
            CatalogPart.of(OperatorParts::operatorFamilies, "pg_opfamily"),
            CatalogPart.of(OperatorParts::operatorClasses, "pg_opclass"),
            CatalogPart.of(OperatorParts::casts, PresentObjectKinds.CASTS),
            CatalogPart.of(OperatorParts::transforms, PresentObjectKinds.TRANSFORMS),
            CatalogPart.of(OperatorParts::collations, "pg_collation"),
            CatalogPart.of(OperatorParts::conversions, "pg_conversion"),
            CatalogPart.of(OperatorParts::textSearchConfigurations, "pg_ts_config"),
            CatalogPart.of(OperatorParts::textSearchDictionaries, "pg_ts_dict"),
            CatalogPart.of(OperatorParts::textSearchParsers, "pg_ts_parser"),
            CatalogPart.of(OperatorParts::textSearchTemplates, "pg_ts_template"));

    private OperatorParts() {}
}
