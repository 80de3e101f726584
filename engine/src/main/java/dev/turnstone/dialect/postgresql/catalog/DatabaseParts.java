package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;
import java.util.stream.Stream;

/** Catalog queries for the objects of a whole database. */
final class DatabaseParts {

    private static final String SCHEMAS = """
            SELECT 'schema', '', ns.name, NULL, NULL, ARRAY[
                   '.comment', {comment pg_namespace ns.oid},
                   '.owner', CASE WHEN ns.owner <> (SELECT owner FROM ns WHERE name = '')
                                  THEN pg_get_userbyid(ns.owner)::text END,
                   '.grants', {privileges n ns.nspacl ns.owner}]
              FROM ns
             WHERE ns.name <> ''
                   -- The schema public, unless its privileges were changed.
               AND NOT EXISTS (SELECT FROM pg_init_privs i
                                WHERE i.classoid = 'pg_namespace'::regclass AND i.objoid = ns.oid
                                  AND i.initprivs = ns.nspacl AND ns.name = 'public')
            """;

    /**
     * The comment on the schema that is read, whose name is left out. The comment that every new database has on schema
     * public is left out too.
     */
    private static final String COMMENT_ON_THE_SCHEMA = """
            SELECT 'comment', '', '(schema)', NULL, NULL, ARRAY['on', 'schema', 'text', about.text]
              FROM ns CROSS JOIN LATERAL (SELECT {comment pg_namespace ns.oid} AS text) about
             WHERE ns.name = '' AND about.text <> 'standard public schema'
            """;

    /** Privileges on built-in objects, if they differ from the initial privileges. */
    private static final String GRANTS_ON_THE_CATALOG = """
            SELECT 'grant', '', g.name, NULL, NULL, ARRAY['.privileges',
                   array_to_string(g.acl, chr(31)) || chr(30)
                   || array_to_string(coalesce(i.initprivs, acldefault(g.letter, g.owner)), chr(31)) || chr(30)
                   || pg_get_userbyid(g.owner)]
              FROM (SELECT 'pg_proc'::regclass AS classoid, p.oid, p.proowner AS owner, p.proacl AS acl, 'f'::"char" AS letter,
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
             WHERE g.acl IS DISTINCT FROM i.initprivs
            """;

    private static final String EXTENSIONS = """
            SELECT 'extension', '', e.extname::text, NULL, NULL, ARRAY[
                   'version', e.extversion,
                   'schema', nullif(n.nspname::text, {schema}),
                   '.comment', nullif({comment pg_extension e.oid},
                                      (SELECT comment FROM pg_available_extensions WHERE name = e.extname)),
                   '.owner', CASE WHEN e.extowner <> d.datdba THEN pg_get_userbyid(e.extowner)::text END]
              FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
              JOIN pg_database d ON d.datname = current_database()
             WHERE e.extname <> 'plpgsql'
            """;

    private static final String EVENT_TRIGGERS = """
            SELECT 'event-trigger', '', t.evtname::text, NULL, NULL, ARRAY[
                   'event', t.evtevent::text,
                   'tags', (SELECT string_agg(tag, ', ' ORDER BY tag) FROM unnest(t.evttags) tag),
                   'function', t.evtfoid::regproc::text,
                   'state', CASE t.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END,
                   '.comment', {comment pg_event_trigger t.oid},
                   '.owner', CASE WHEN t.evtowner <> d.datdba THEN pg_get_userbyid(t.evtowner)::text END]
              FROM pg_event_trigger t JOIN pg_database d ON d.datname = current_database()
             WHERE {not in extension pg_event_trigger t.oid} AND t.evtname !~ '^turnstone_watch_'
            """;

    private static final String PUBLICATIONS = """
            SELECT 'publication', '', p.pubname::text, NULL, NULL, ARRAY[
                   'tables', CASE WHEN p.puballtables THEN 'all' ELSE
                       (SELECT string_agg(r.prrelid::regclass::text
                               || coalesce({since 15: ' (' || (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum)
                                                                FROM pg_attribute a
                                                               WHERE a.attrelid = r.prrelid
                                                                 AND a.attnum = ANY (r.prattrs::smallint[])) || ')'}, '')
                               || coalesce({since 15: ' where ' || pg_get_expr(r.prqual, r.prrelid)}, ''),
                               ', ' ORDER BY r.prrelid::regclass::text)
                          FROM pg_publication_rel r WHERE r.prpubid = p.oid) END,
                   'schemas', {since 15: (SELECT string_agg(CASE nn.nspname WHEN current_schema() THEN '$schema'
                                                            ELSE nn.nspname::text END, ', ' ORDER BY nn.nspname)
                                           FROM pg_publication_namespace pn JOIN pg_namespace nn ON nn.oid = pn.pnnspid
                                          WHERE pn.pnpubid = p.oid)},
                   'operations', nullif(concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END,
                                        CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END,
                                        CASE WHEN p.pubtruncate THEN 'truncate' END), 'insert, update, delete, truncate'),
                   'via root', {since 13: CASE WHEN p.pubviaroot THEN 'yes' END},
                   'generated columns', {since 18: nullif(p.pubgencols::text, 'n')},
                   '.comment', {comment pg_publication p.oid},
                   '.owner', CASE WHEN p.pubowner <> d.datdba THEN pg_get_userbyid(p.pubowner)::text END]
              FROM pg_publication p JOIN pg_database d ON d.datname = current_database()
            """;

    /**
     * The connection string depends on the environment and often contains a password. Every role may read the other
     * columns.
     */
    private static final String SUBSCRIPTIONS = """
            SELECT 'subscription', '', s.subname::text, NULL, NULL, ARRAY[
                   'publications', (SELECT string_agg(p, ', ' ORDER BY p) FROM unnest(s.subpublications) p),
                   'enabled', CASE WHEN NOT s.subenabled THEN 'no' END,
                   'slot', CASE WHEN s.subslotname IS NULL THEN 'none' ELSE nullif(s.subslotname::text, s.subname) END,
                   'synchronous commit', nullif(s.subsynccommit, 'off'),
                   'binary', {since 14: CASE WHEN s.subbinary THEN 'yes' END},
                   'streaming', {since 14: CASE s.substream::text WHEN 'p' THEN 'parallel' WHEN 't' THEN 'on'
                                                                  WHEN 'true' THEN 'on' END},
                   'two phase', {since 15: CASE WHEN s.subtwophasestate <> 'd' THEN 'yes' END},
                   'disable on error', {since 15: CASE WHEN s.subdisableonerr THEN 'yes' END},
                   'password required', {since 16: CASE WHEN NOT s.subpasswordrequired THEN 'no' END},
                   'run as owner', {since 16: CASE WHEN s.subrunasowner THEN 'yes' END},
                   'origin', {since 16: nullif(s.suborigin, 'any')},
                   'failover', {since 17: CASE WHEN s.subfailover THEN 'yes' END},
                   '.comment', {comment pg_subscription s.oid},
                   '.owner', CASE WHEN s.subowner <> d.datdba THEN pg_get_userbyid(s.subowner)::text END]
              FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid AND d.datname = current_database()
            """;

    private static final String FOREIGN_DATA_WRAPPERS = """
            SELECT 'foreign-data-wrapper', '', w.fdwname::text, NULL, NULL, ARRAY[
                   'handler', nullif(w.fdwhandler, 0)::regproc::text,
                   'validator', nullif(w.fdwvalidator, 0)::regproc::text,
                   '*options', array_to_string(w.fdwoptions, chr(31)),
                   '.comment', {comment pg_foreign_data_wrapper w.oid},
                   '.owner', CASE WHEN w.fdwowner <> d.datdba THEN pg_get_userbyid(w.fdwowner)::text END,
                   '.grants', {privileges F w.fdwacl w.fdwowner}]
              FROM pg_foreign_data_wrapper w JOIN pg_database d ON d.datname = current_database()
             WHERE {not in extension pg_foreign_data_wrapper w.oid}
            """;

    private static final String FOREIGN_SERVERS = """
            SELECT 'foreign-server', '', s.srvname::text, NULL, NULL, ARRAY[
                   'wrapper', w.fdwname::text,
                   'type', s.srvtype,
                   'version', s.srvversion,
                   '*options', array_to_string(s.srvoptions, chr(31)),
                   'user mappings', (SELECT string_agg(m.usename || coalesce(' (' || (SELECT string_agg(split_part(o, '=', 1), ', '
                                                                                               ORDER BY o)
                                                                            FROM unnest(m.umoptions) o) || ')', ''),
                                                 ', ' ORDER BY m.usename)
                                       FROM pg_user_mappings m WHERE m.srvid = s.oid),
                   '.comment', {comment pg_foreign_server s.oid},
                   '.owner', CASE WHEN s.srvowner <> d.datdba THEN pg_get_userbyid(s.srvowner)::text END,
                   '.grants', {privileges S s.srvacl s.srvowner}]
              FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
              JOIN pg_database d ON d.datname = current_database()
             WHERE {not in extension pg_foreign_server s.oid}
            """;

    private static final String LANGUAGES = """
            SELECT 'language', '', l.lanname::text, NULL, NULL, ARRAY[
                   'trusted', CASE WHEN NOT l.lanpltrusted THEN 'no' END,
                   'handler', nullif(l.lanplcallfoid, 0)::regproc::text,
                   'inline', nullif(l.laninline, 0)::regproc::text,
                   'validator', nullif(l.lanvalidator, 0)::regproc::text,
                   '.comment', {comment pg_language l.oid},
                   '.owner', CASE WHEN l.lanowner <> d.datdba THEN pg_get_userbyid(l.lanowner)::text END,
                   '.grants', {privileges l l.lanacl l.lanowner}]
              FROM pg_language l JOIN pg_database d ON d.datname = current_database()
             WHERE l.lanispl AND {not in extension pg_language l.oid}
            """;

    private static final String ACCESS_METHODS = """
            SELECT 'access-method', '', m.amname::text, NULL, NULL, ARRAY[
                   'type', CASE m.amtype WHEN 't' THEN 'table' ELSE 'index' END,
                   'handler', m.amhandler::regproc::text,
                   '.comment', {comment pg_am m.oid}]
              FROM pg_am m
             WHERE m.oid >= 16384 AND {not in extension pg_am m.oid}
            """;

    static final List<CatalogPart> ALL = Stream.of(
                    SCHEMAS,
                    COMMENT_ON_THE_SCHEMA,
                    GRANTS_ON_THE_CATALOG,
                    EXTENSIONS,
                    EVENT_TRIGGERS,
                    PUBLICATIONS,
                    SUBSCRIPTIONS,
                    FOREIGN_DATA_WRAPPERS,
                    FOREIGN_SERVERS,
                    LANGUAGES,
                    ACCESS_METHODS)
            .map(CatalogPart::of)
            .toList();

    private DatabaseParts() {}
}
