package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;
import java.util.function.Consumer;

/** Catalog queries for enums, domains, composite types, ranges and base types. */
final class TypeParts {

    private static Consumer<ObjectSelect> about(CatalogContext db) {
        return select -> select.fact(".comment", db.comment("pg_type", "t.oid"))
                .owner("t.typowner", "ns.owner")
                .fact(".grants", Privileges.sql("T", "t.typacl", "t.typowner"));
    }

    private static ObjectSelect enums(CatalogContext db) {
        return ObjectSelect.of("'enum'", "ns.name", "t.typname::text")
                .group(ObjectGroup.TYPE, "t.oid")
                .fact("values", """
                    (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
                        FROM pg_enum WHERE enumtypid = t.oid)""")
                .and(about(db))
                .from("""
                    ns JOIN pg_type t ON t.typnamespace = ns.oid AND t.typtype = 'e'
                    WHERE %s""".formatted(db.notInExtension("pg_type", "t.oid")));
    }

    private static ObjectSelect domains(CatalogContext db) {
        return ObjectSelect.of("'domain'", "ns.name", "t.typname::text")
                .group(ObjectGroup.TYPE, "t.oid")
                .fact("type", "format_type(t.typbasetype, t.typtypmod)")
                .fact("nullable", "CASE WHEN t.typnotnull THEN 'no' END")
                .fact(".default", "pg_get_expr(t.typdefaultbin, 0)")
                .fact("collation", """
                    CASE WHEN t.typcollation <> b.typcollation THEN
                        CASE WHEN pg_collation_is_visible(co.oid) THEN '' ELSE con.nspname || '.' END || co.collname END""")
                .and(about(db))
                .from("""
                    ns JOIN pg_type t ON t.typnamespace = ns.oid AND t.typtype = 'd'
                    JOIN pg_type b ON b.oid = t.typbasetype
                    LEFT JOIN pg_collation co ON co.oid = t.typcollation
                    LEFT JOIN pg_namespace con ON con.oid = co.collnamespace
                    WHERE %s""".formatted(db.notInExtension("pg_type", "t.oid")));
    }

    private static ObjectSelect composites(CatalogContext db) {
        return ObjectSelect.of("'type'", "ns.name", "t.typname::text")
                .group(ObjectGroup.RELATION, "rel.oid")
                .fact("attributes", """
                    (SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                              || CASE WHEN a.attcollation <> at.typcollation
                                      THEN ' collate ' || quote_ident(co.collname) ELSE '' END,
                              ', ' ORDER BY a.attnum)
                         FROM pg_attribute a JOIN pg_type at ON at.oid = a.atttypid
                         LEFT JOIN pg_collation co ON co.oid = a.attcollation
                        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)""")
                .fact("attribute comments", """
                    (SELECT string_agg(quote_ident(a.attname) || ' ' || quote_literal(d.description),
                              ', ' ORDER BY a.attnum)
                         FROM pg_attribute a
                         JOIN pg_description d ON d.classoid = 'pg_class'::regclass
                          AND d.objoid = a.attrelid AND d.objsubid = a.attnum
                        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)""")
                .and(about(db))
                .from("""
                    ns JOIN rel ON rel.relnamespace = ns.oid AND rel.relkind = 'c'
                    JOIN pg_type t ON t.oid = rel.reltype
                    WHERE %s""".formatted(db.notInExtension("pg_type", "t.oid")));
    }

    private static ObjectSelect ranges(CatalogContext db) {
        return ObjectSelect.of("'type'", "ns.name", "t.typname::text")
                .group(ObjectGroup.TYPE, "t.oid")
                .fact("subtype", "format_type(r.rngsubtype, NULL)")
                .fact("subtype operator class", "CASE WHEN NOT oc.opcdefault THEN quote_ident(oc.opcname) END")
                .fact("collation", "CASE WHEN r.rngcollation <> st.typcollation THEN quote_ident(co.collname) END")
                .fact("canonical", "nullif(r.rngcanonical::oid, 0)::regproc::text")
                .fact("subtype difference", "nullif(r.rngsubdiff::oid, 0)::regproc::text")
                .fact("multirange", db.since(14, """
                    nullif(format_type(r.rngmultitypid, NULL),
                        quote_ident(CASE WHEN t.typname ~ 'range' THEN regexp_replace(t.typname, 'range', 'multirange')
                                         ELSE t.typname || '_multirange' END))"""))
                .fact("multirange comment", db.since(14, db.comment("pg_type", "r.rngmultitypid")))
                .and(about(db))
                .from("""
                    ns JOIN pg_type t ON t.typnamespace = ns.oid AND t.typtype = 'r'
                    JOIN pg_range r ON r.rngtypid = t.oid
                    JOIN pg_type st ON st.oid = r.rngsubtype
                    JOIN pg_opclass oc ON oc.oid = r.rngsubopc
                    LEFT JOIN pg_collation co ON co.oid = r.rngcollation
                    WHERE %s""".formatted(db.notInExtension("pg_type", "t.oid")));
    }

    /** Types of a C library, and shell types. */
    private static ObjectSelect bases(CatalogContext db) {
        return ObjectSelect.of("'type'", "ns.name", "t.typname::text")
                .group(ObjectGroup.TYPE, "t.oid")
                .fact("defined", "CASE WHEN NOT t.typisdefined THEN 'no' END")
                .fact("input", "nullif(t.typinput::oid, 0)::regproc::text")
                .fact("output", "nullif(t.typoutput::oid, 0)::regproc::text")
                .fact("receive", "nullif(t.typreceive::oid, 0)::regproc::text")
                .fact("send", "nullif(t.typsend::oid, 0)::regproc::text")
                .fact("modifiers", "nullif(t.typmodin::oid, 0)::regproc::text")
                .fact("modifiers out", "nullif(t.typmodout::oid, 0)::regproc::text")
                .fact("analyze", "nullif(t.typanalyze::oid, 0)::regproc::text")
                .fact("subscript", db.since(14, "nullif(t.typsubscript::oid, 0)::regproc::text"))
                .fact("length", "t.typlen::text")
                .flag("by value", "t.typbyval")
                .fact("alignment", "t.typalign::text")
                .fact("storage", "t.typstorage::text")
                .fact("category", "t.typcategory::text")
                .flag("preferred", "t.typispreferred")
                .fact("delimiter", "nullif(t.typdelim::text, ',')")
                .fact("default", "t.typdefault")
                .fact("element", "CASE WHEN t.typelem <> 0 THEN format_type(t.typelem, NULL) END")
                .and(about(db))
                .from("""
                    ns JOIN pg_type t ON t.typnamespace = ns.oid
                    WHERE (t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type of WHERE of.typarray = t.oid)
                          OR t.typtype = 'p')
                     AND %s""".formatted(db.notInExtension("pg_type", "t.oid")));
    }

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(TypeParts::enums, PresentObjectKinds.ENUMS),
            CatalogPart.of(TypeParts::domains, PresentObjectKinds.DOMAINS),
            CatalogPart.of(TypeParts::composites, PresentObjectKinds.COMPOSITES),
            CatalogPart.of(TypeParts::ranges, PresentObjectKinds.RANGES),
            CatalogPart.of(TypeParts::bases, PresentObjectKinds.BASES, PresentObjectKinds.SHELLS));

    private TypeParts() {}
}
