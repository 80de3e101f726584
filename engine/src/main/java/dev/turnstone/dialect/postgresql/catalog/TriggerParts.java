package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for triggers, rules and policies. */
final class TriggerParts {

    private static final String TRIGGERS = """
            SELECT 'trigger', rel.schema, g.tgname::text, rel.kind, rel.relname::text, ARRAY[
                   'timing', CASE WHEN g.tgtype & 64 <> 0 THEN 'instead of' WHEN g.tgtype & 2 <> 0 THEN 'before'
                                  ELSE 'after' END,
                   'events', concat_ws(' or ',
                       CASE WHEN g.tgtype & 4 <> 0 THEN 'insert' END,
                       CASE WHEN g.tgtype & 8 <> 0 THEN 'delete' END,
                       CASE WHEN g.tgtype & 16 <> 0 THEN 'update' END,
                       CASE WHEN g.tgtype & 32 <> 0 THEN 'truncate' END),
                   'columns', (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum)
                                 FROM pg_attribute a
                                WHERE a.attrelid = g.tgrelid AND a.attnum = ANY (g.tgattr::smallint[])),
                   'level', CASE WHEN g.tgtype & 1 <> 0 THEN 'row' ELSE 'statement' END,
                   'condition', CASE WHEN g.tgqual IS NOT NULL THEN
                       substring(d.text FROM 'FOR EACH (?:ROW|STATEMENT) WHEN \\((.*)\\) EXECUTE ') END,
                   'function', substring(d.text FROM '.* EXECUTE (?:FUNCTION|PROCEDURE) (.*)$'),
                   'old table', g.tgoldtable::text,
                   'new table', g.tgnewtable::text,
                   'constraint', CASE WHEN g.tgconstraint <> 0 THEN 'yes' END,
                   'deferrable', CASE WHEN g.tgdeferrable THEN
                       CASE WHEN g.tginitdeferred THEN 'initially deferred' ELSE 'initially immediate' END END,
                   'from', CASE WHEN g.tgconstrrelid <> 0 THEN g.tgconstrrelid::regclass::text END,
                   'state', CASE g.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END,
                   'inherited', {since 13: CASE WHEN g.tgparentid <> 0 THEN 'yes' END},
                   'depends on extensions', {extensions pg_trigger g.oid},
                   '.comment', {comment pg_trigger g.oid}
                   ]
              FROM rel
              JOIN pg_trigger g ON g.tgrelid = rel.oid AND NOT g.tgisinternal
              CROSS JOIN LATERAL (SELECT pg_get_triggerdef(g.oid, true) AS text) d
             WHERE {not in extension pg_trigger g.oid}
            """;

    private static final String RULES = """
            SELECT 'rule', rel.schema, rel.relname || '.' || r.rulename, rel.kind, rel.relname::text, ARRAY[
                   'definition', pg_get_ruledef(r.oid, true),
                   'state', CASE r.ev_enabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END,
                   '.comment', {comment pg_rewrite r.oid}
                   ]
              FROM rel JOIN pg_rewrite r ON r.ev_class = rel.oid AND r.rulename <> '_RETURN'
            """;

    private static final String POLICIES = """
            SELECT 'policy', rel.schema, rel.relname || '.' || p.polname, rel.kind, rel.relname::text, ARRAY[
                   'command', CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update'
                                            WHEN 'd' THEN 'delete' ELSE 'all' END,
                   'restrictive', CASE WHEN NOT p.polpermissive THEN 'yes' END,
                   'roles', CASE WHEN p.polroles <> '{0}' THEN
                       (SELECT string_agg(pg_get_userbyid(r)::text, ', ' ORDER BY pg_get_userbyid(r)::text)
                          FROM unnest(p.polroles) r) END,
                   'using', pg_get_expr(p.polqual, p.polrelid, true),
                   'check', pg_get_expr(p.polwithcheck, p.polrelid, true),
                   '.comment', {comment pg_policy p.oid}
                   ]
              FROM rel JOIN pg_policy p ON p.polrelid = rel.oid
            """;

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(TRIGGERS, PresentObjectKinds.TRIGGERS),
            CatalogPart.of(RULES, PresentObjectKinds.RULES),
            CatalogPart.of(POLICIES, PresentObjectKinds.POLICIES));

    private TriggerParts() {}
}
