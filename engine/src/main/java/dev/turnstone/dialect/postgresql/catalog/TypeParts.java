package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for enums, domains, composite types, ranges and base types. */
final class TypeParts {

    private static final String ABOUT = """
            '.comment', {comment pg_type t.oid},
            '.owner', CASE WHEN t.typowner <> ns.owner THEN pg_get_userbyid(t.typowner)::text END,
            '.grants', {privileges T t.typacl t.typowner}
            """;

    private static final String ENUMS = """
            SELECT 'enum', ns.name, t.typname::text, NULL, NULL, ARRAY[
                   'values', (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
                                FROM pg_enum WHERE enumtypid = t.oid),
                   {about}]
              FROM ns JOIN pg_type t ON t.typnamespace = ns.oid AND t.typtype = 'e'
             WHERE {not in extension pg_type t.oid}
            """;

    private static final String DOMAINS = """
            SELECT 'domain', ns.name, t.typname::text, NULL, NULL, ARRAY[
                   'type', format_type(t.typbasetype, t.typtypmod),
                   'nullable', CASE WHEN t.typnotnull THEN 'no' END,
                   '.default', pg_get_expr(t.typdefaultbin, 0),
                   'collation', CASE WHEN t.typcollation <> b.typcollation THEN
                       CASE WHEN pg_collation_is_visible(co.oid) THEN '' ELSE con.nspname || '.' END || co.collname END,
                   {about}]
              FROM ns JOIN pg_type t ON t.typnamespace = ns.oid AND t.typtype = 'd'
              JOIN pg_type b ON b.oid = t.typbasetype
              LEFT JOIN pg_collation co ON co.oid = t.typcollation
              LEFT JOIN pg_namespace con ON con.oid = co.collnamespace
             WHERE {not in extension pg_type t.oid}
            """;

    private static final String COMPOSITES = """
            SELECT 'type', ns.name, t.typname::text, NULL, NULL, ARRAY[
                   'attributes', (SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                                         || CASE WHEN a.attcollation <> at.typcollation
                                                 THEN ' collate ' || quote_ident(co.collname) ELSE '' END,
                                         ', ' ORDER BY a.attnum)
                                    FROM pg_attribute a JOIN pg_type at ON at.oid = a.atttypid
                                    LEFT JOIN pg_collation co ON co.oid = a.attcollation
                                   WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped),
                   'attribute comments', (SELECT string_agg(quote_ident(a.attname) || ' ' || quote_literal(d.description),
                                                 ', ' ORDER BY a.attnum)
                                            FROM pg_attribute a
                                            JOIN pg_description d ON d.classoid = 'pg_class'::regclass
                                             AND d.objoid = a.attrelid AND d.objsubid = a.attnum
                                           WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped),
                   {about}]
              FROM ns JOIN rel ON rel.relnamespace = ns.oid AND rel.relkind = 'c'
              JOIN pg_type t ON t.oid = rel.reltype
             WHERE {not in extension pg_type t.oid}
            """;

    private static final String RANGES = """
            SELECT 'type', ns.name, t.typname::text, NULL, NULL, ARRAY[
                   'subtype', format_type(r.rngsubtype, NULL),
                   'subtype operator class', CASE WHEN NOT oc.opcdefault THEN quote_ident(oc.opcname) END,
                   'collation', CASE WHEN r.rngcollation <> st.typcollation THEN quote_ident(co.collname) END,
                   'canonical', nullif(r.rngcanonical::oid, 0)::regproc::text,
                   'subtype difference', nullif(r.rngsubdiff::oid, 0)::regproc::text,
                   'multirange', {since 14: nullif(format_type(r.rngmultitypid, NULL),
                       quote_ident(CASE WHEN t.typname ~ 'range' THEN regexp_replace(t.typname, 'range', 'multirange')
                                        ELSE t.typname || '_multirange' END))},
                   'multirange comment', {since 14: {comment pg_type r.rngmultitypid}},
                   {about}]
              FROM ns JOIN pg_type t ON t.typnamespace = ns.oid AND t.typtype = 'r'
              JOIN pg_range r ON r.rngtypid = t.oid
              JOIN pg_type st ON st.oid = r.rngsubtype
              JOIN pg_opclass oc ON oc.oid = r.rngsubopc
              LEFT JOIN pg_collation co ON co.oid = r.rngcollation
             WHERE {not in extension pg_type t.oid}
            """;

    /** Types of a C library, and shell types. */
    private static final String BASES = """
            SELECT 'type', ns.name, t.typname::text, NULL, NULL, ARRAY[
                   'defined', CASE WHEN NOT t.typisdefined THEN 'no' END,
                   'input', nullif(t.typinput::oid, 0)::regproc::text,
                   'output', nullif(t.typoutput::oid, 0)::regproc::text,
                   'receive', nullif(t.typreceive::oid, 0)::regproc::text,
                   'send', nullif(t.typsend::oid, 0)::regproc::text,
                   'modifiers', nullif(t.typmodin::oid, 0)::regproc::text,
                   'modifiers out', nullif(t.typmodout::oid, 0)::regproc::text,
                   'analyze', nullif(t.typanalyze::oid, 0)::regproc::text,
                   'subscript', {since 14: nullif(t.typsubscript::oid, 0)::regproc::text},
                   'length', t.typlen::text,
                   'by value', CASE WHEN t.typbyval THEN 'yes' END,
                   'alignment', t.typalign::text,
                   'storage', t.typstorage::text,
                   'category', t.typcategory::text,
                   'preferred', CASE WHEN t.typispreferred THEN 'yes' END,
                   'delimiter', nullif(t.typdelim::text, ','),
                   'default', t.typdefault,
                   'element', CASE WHEN t.typelem <> 0 THEN format_type(t.typelem, NULL) END,
                   {about}]
              FROM ns JOIN pg_type t ON t.typnamespace = ns.oid
             WHERE (t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type of WHERE of.typarray = t.oid)
                    OR t.typtype = 'p')
               AND {not in extension pg_type t.oid}
            """;

    static final List<CatalogPart> ALL = List.of(
            part(ENUMS, PresentObjectKinds.ENUMS),
            part(DOMAINS, PresentObjectKinds.DOMAINS),
            part(COMPOSITES, PresentObjectKinds.COMPOSITES),
            part(RANGES, PresentObjectKinds.RANGES),
            part(BASES, PresentObjectKinds.BASES, PresentObjectKinds.SHELLS));

    private static CatalogPart part(String sql, String... only) {
        return CatalogPart.of(sql.replace("{about}", ABOUT), only);
    }

    private TypeParts() {}
}
