package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Catalog queries for the objects of a whole database. */
final class DatabaseParts {

    private static ObjectSelect schemas(CatalogContext db) {
        return ObjectSelect.of("'schema'", "''", "ns.name")
                .group(ObjectGroup.DATABASE)
                .fact(".comment", db.comment("pg_namespace", "ns.oid"))
                .fact(".owner", """
                    CASE WHEN ns.owner <> (SELECT owner FROM ns WHERE name = '')
                        THEN pg_get_userbyid(ns.owner)::text END""")
                .fact(".grants", Privileges.sql("n", "ns.nspacl", "ns.owner"))
                .from("""
                    ns
                    WHERE ns.name <> ''
                         -- The schema public, unless its privileges were changed.
                     AND NOT EXISTS (SELECT FROM pg_init_privs i
                                      WHERE i.classoid = 'pg_namespace'::regclass AND i.objoid = ns.oid
                                        AND i.initprivs = ns.nspacl AND ns.name = 'public')""");
    }

    /**
     * The comment on the schema that is read, whose name is left out. The comment that every new database has on schema
     * public is left out too.
     */
    private static ObjectSelect commentOnTheSchema(CatalogContext db) {
        return ObjectSelect.of("'comment'", "''", "'(schema)'")
                .group(ObjectGroup.DATABASE)
                .fact("on", "'schema'")
                .fact("text", "about.text")
                .from("""
                    ns CROSS JOIN LATERAL (SELECT %s AS text) about
                    WHERE ns.name = '' AND about.text <> 'standard public schema'""".formatted(db.comment("pg_namespace", "ns.oid")));
    }

    /** Privileges on built-in objects, if they differ from the initial privileges. */
    private static ObjectSelect grantsOnTheCatalog(CatalogContext db) {
        return ObjectSelect.of("'grant'", "''", "g.name")
                .group(ObjectGroup.DATABASE)
                .fact(".privileges", """
                    array_to_string(g.acl, chr(31)) || chr(30)
                        || array_to_string(coalesce(i.initprivs, acldefault(g.letter, g.owner)), chr(31)) || chr(30)
                        || pg_get_userbyid(g.owner)""")
                .from("""
                    (SELECT 'pg_proc'::regclass AS classoid, p.oid, p.proowner AS owner, p.proacl AS acl, 'f'::"char" AS letter,
                                 'function ' || n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')' AS name
                            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                           WHERE n.nspname = 'pg_catalog' AND p.proacl IS NOT NULL
                          UNION ALL
                          SELECT 'pg_class'::regclass, c.oid, c.relowner, c.relacl, 'r'::"char", n.nspname || '.' || c.relname
                            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                           WHERE n.nspname = 'pg_catalog' AND c.relacl IS NOT NULL
                          UNION ALL
                          SELECT 'pg_namespace'::regclass, n.oid, n.nspowner, n.nspacl, 'n'::"char", 'schema ' || n.nspname
                            FROM pg_namespace n
                           WHERE n.nspname = 'pg_catalog' AND n.nspacl IS NOT NULL
                          UNION ALL
                          SELECT 'pg_language'::regclass, l.oid, l.lanowner, l.lanacl, 'l'::"char", 'language ' || l.lanname
                            FROM pg_language l
                           WHERE l.lanacl IS NOT NULL AND l.oid < 16384
                         ) g
                    LEFT JOIN pg_init_privs i ON i.classoid = g.classoid AND i.objoid = g.oid AND i.objsubid = 0
                    WHERE g.acl IS DISTINCT FROM i.initprivs""");
    }

    private static ObjectSelect extensions(CatalogContext db) {
        return ObjectSelect.of("'extension'", "''", "e.extname::text")
                .group(ObjectGroup.DATABASE)
                .fact("version", "e.extversion")
                .fact("schema", "nullif(n.nspname::text, " + db.schema() + ")")
                .fact(".comment", """
                    nullif(%s,
                        (SELECT comment FROM pg_available_extensions WHERE name = e.extname))""".formatted(db.comment("pg_extension", "e.oid")))
                .owner("e.extowner", "d.datdba")
                .from("""
                    pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
                    JOIN pg_database d ON d.datname = current_database()
                    WHERE e.extname <> 'plpgsql'""");
    }

    private static ObjectSelect eventTriggers(CatalogContext db) {
        return ObjectSelect.of("'event-trigger'", "''", "t.evtname::text")
                .group(ObjectGroup.DATABASE)
                .fact("event", "t.evtevent::text")
                .fact("tags", "(SELECT string_agg(tag, ', ' ORDER BY tag) FROM unnest(t.evttags) tag)")
                .fact("function", "t.evtfoid::regproc::text")
                .fact(
                        "state",
                        "CASE t.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END")
                .fact(".comment", db.comment("pg_event_trigger", "t.oid"))
                .owner("t.evtowner", "d.datdba")
                .from("""
                    pg_event_trigger t JOIN pg_database d ON d.datname = current_database()
                    WHERE %s AND t.evtname !~ '^turnstone_watch_'""".formatted(db.notInExtension("pg_event_trigger", "t.oid")));
    }

    private static ObjectSelect publications(CatalogContext db) {
        return ObjectSelect.of("'publication'", "''", "p.pubname::text")
                .group(ObjectGroup.DATABASE)
                .fact("tables", """
                    CASE WHEN p.puballtables THEN 'all' ELSE
                        (SELECT string_agg(r.prrelid::regclass::text
                                || coalesce(%s, '')
                                || coalesce(%s, ''),
                                ', ' ORDER BY r.prrelid::regclass::text)
                           FROM pg_publication_rel r WHERE r.prpubid = p.oid) END""".formatted(
                                db.since(15, """
                    ' (' || (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum)
                         FROM pg_attribute a
                        WHERE a.attrelid = r.prrelid
                          AND a.attnum = ANY (r.prattrs::smallint[])) || ')'"""), db.since(15, "' where ' || pg_get_expr(r.prqual, r.prrelid)")))
                .fact("schemas", db.since(15, """
                    (SELECT string_agg(CASE nn.nspname WHEN current_schema() THEN '$schema'
                                          ELSE nn.nspname::text END, ', ' ORDER BY nn.nspname)
                         FROM pg_publication_namespace pn JOIN pg_namespace nn ON nn.oid = pn.pnnspid
                        WHERE pn.pnpubid = p.oid)"""))
                .fact("operations", """
                    nullif(concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END,
                        CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END,
                        CASE WHEN p.pubtruncate THEN 'truncate' END), 'insert, update, delete, truncate')""")
                .fact("via root", db.since(13, "CASE WHEN p.pubviaroot THEN 'yes' END"))
                .fact("generated columns", db.since(18, "nullif(p.pubgencols::text, 'n')"))
                .fact(".comment", db.comment("pg_publication", "p.oid"))
                .owner("p.pubowner", "d.datdba")
                .from("pg_publication p JOIN pg_database d ON d.datname = current_database()");
    }

    /**
     * The connection string depends on the environment and often contains a password. Every role may read the other
     * columns.
     */
    private static ObjectSelect subscriptions(CatalogContext db) {
        return ObjectSelect.of("'subscription'", "''", "s.subname::text")
                .group(ObjectGroup.DATABASE)
                .fact("publications", "(SELECT string_agg(p, ', ' ORDER BY p) FROM unnest(s.subpublications) p)")
                .fact("enabled", "CASE WHEN NOT s.subenabled THEN 'no' END")
                .fact(
                        "slot",
                        "CASE WHEN s.subslotname IS NULL THEN 'none' ELSE nullif(s.subslotname::text, s.subname) END")
                .fact("synchronous commit", "nullif(s.subsynccommit, 'off')")
                .fact("binary", db.since(14, "CASE WHEN s.subbinary THEN 'yes' END"))
                .fact("streaming", db.since(14, """
                    CASE s.substream::text WHEN 'p' THEN 'parallel' WHEN 't' THEN 'on'
                        WHEN 'true' THEN 'on' END"""))
                .fact("two phase", db.since(15, "CASE WHEN s.subtwophasestate <> 'd' THEN 'yes' END"))
                .fact("disable on error", db.since(15, "CASE WHEN s.subdisableonerr THEN 'yes' END"))
                .fact("password required", db.since(16, "CASE WHEN NOT s.subpasswordrequired THEN 'no' END"))
                .fact("run as owner", db.since(16, "CASE WHEN s.subrunasowner THEN 'yes' END"))
                .fact("origin", db.since(16, "nullif(s.suborigin, 'any')"))
                .fact("failover", db.since(17, "CASE WHEN s.subfailover THEN 'yes' END"))
                .fact(".comment", db.comment("pg_subscription", "s.oid"))
                .owner("s.subowner", "d.datdba")
                .from("pg_subscription s JOIN pg_database d ON d.oid = s.subdbid AND d.datname = current_database()");
    }

    private static ObjectSelect foreignDataWrappers(CatalogContext db) {
        return ObjectSelect.of("'foreign-data-wrapper'", "''", "w.fdwname::text")
                .group(ObjectGroup.DATABASE)
                .fact("handler", "nullif(w.fdwhandler, 0)::regproc::text")
                .fact("validator", "nullif(w.fdwvalidator, 0)::regproc::text")
                .fact("*options", "array_to_string(w.fdwoptions, chr(31))")
                .fact(".comment", db.comment("pg_foreign_data_wrapper", "w.oid"))
                .owner("w.fdwowner", "d.datdba")
                .fact(".grants", Privileges.sql("F", "w.fdwacl", "w.fdwowner"))
                .from("""
                    pg_foreign_data_wrapper w JOIN pg_database d ON d.datname = current_database()
                    WHERE %s""".formatted(db.notInExtension("pg_foreign_data_wrapper", "w.oid")));
    }

    private static ObjectSelect foreignServers(CatalogContext db) {
        return ObjectSelect.of("'foreign-server'", "''", "s.srvname::text")
                .group(ObjectGroup.DATABASE)
                .fact("wrapper", "w.fdwname::text")
                .fact("type", "s.srvtype")
                .fact("version", "s.srvversion")
                .fact("*options", "array_to_string(s.srvoptions, chr(31))")
                .fact("user mappings", """
                    (SELECT string_agg(m.usename || coalesce(' (' || (SELECT string_agg(split_part(o, '=', 1), ', '
                                                                                ORDER BY o)
                                                             FROM unnest(m.umoptions) o) || ')', ''),
                                  ', ' ORDER BY m.usename)
                        FROM pg_user_mappings m WHERE m.srvid = s.oid)""")
                .fact(".comment", db.comment("pg_foreign_server", "s.oid"))
                .owner("s.srvowner", "d.datdba")
                .fact(".grants", Privileges.sql("S", "s.srvacl", "s.srvowner"))
                .from("""
                    pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
                    JOIN pg_database d ON d.datname = current_database()
                    WHERE %s""".formatted(db.notInExtension("pg_foreign_server", "s.oid")));
    }

    private static ObjectSelect languages(CatalogContext db) {
        return ObjectSelect.of("'language'", "''", "l.lanname::text")
                .group(ObjectGroup.DATABASE)
                .fact("trusted", "CASE WHEN NOT l.lanpltrusted THEN 'no' END")
                .fact("handler", "nullif(l.lanplcallfoid, 0)::regproc::text")
                .fact("inline", "nullif(l.laninline, 0)::regproc::text")
                .fact("validator", "nullif(l.lanvalidator, 0)::regproc::text")
                .fact(".comment", db.comment("pg_language", "l.oid"))
                .owner("l.lanowner", "d.datdba")
                .fact(".grants", Privileges.sql("l", "l.lanacl", "l.lanowner"))
                .from("""
                    pg_language l JOIN pg_database d ON d.datname = current_database()
                    WHERE l.lanispl AND %s""".formatted(db.notInExtension("pg_language", "l.oid")));
    }

    private static ObjectSelect accessMethods(CatalogContext db) {
        return ObjectSelect.of("'access-method'", "''", "m.amname::text")
                .group(ObjectGroup.DATABASE)
                .fact("type", "CASE m.amtype WHEN 't' THEN 'table' ELSE 'index' END")
                .fact("handler", "m.amhandler::regproc::text")
                .fact(".comment", db.comment("pg_am", "m.oid"))
                .from("""
                    pg_am m
                    WHERE m.oid >= 16384 AND %s""".formatted(db.notInExtension("pg_am", "m.oid")));
    }

    static final List<CatalogPart> ALL = Stream.<Function<CatalogContext, ObjectSelect>>of(
                    DatabaseParts::schemas,
                    DatabaseParts::commentOnTheSchema,
                    DatabaseParts::grantsOnTheCatalog,
                    DatabaseParts::extensions,
                    DatabaseParts::eventTriggers,
                    DatabaseParts::publications,
                    DatabaseParts::subscriptions,
                    DatabaseParts::foreignDataWrappers,
                    DatabaseParts::foreignServers,
                    DatabaseParts::languages,
                    DatabaseParts::accessMethods)
            .map(CatalogPart::of)
            .toList();

    private DatabaseParts() {}
}
