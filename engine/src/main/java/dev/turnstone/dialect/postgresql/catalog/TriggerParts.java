package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/** Catalog queries for triggers, rules and policies. */
final class TriggerParts {

    private static ObjectSelect triggers(CatalogContext db) {
        return ObjectSelect.of("'trigger'", "rel.schema", "g.tgname::text")
                .parent("rel.kind", "rel.relname::text")
                .group(ObjectGroup.RELATION, "rel.oid")
                .fact("timing", """
                    CASE WHEN g.tgtype & 64 <> 0 THEN 'instead of' WHEN g.tgtype & 2 <> 0 THEN 'before'
                        ELSE 'after' END""")
                .fact("events", """
                    concat_ws(' or ',
                        CASE WHEN g.tgtype & 4 <> 0 THEN 'insert' END,
                        CASE WHEN g.tgtype & 8 <> 0 THEN 'delete' END,
                        CASE WHEN g.tgtype & 16 <> 0 THEN 'update' END,
                        CASE WHEN g.tgtype & 32 <> 0 THEN 'truncate' END)""")
                .fact("columns", """
                    (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum)
                         FROM pg_attribute a
                        WHERE a.attrelid = g.tgrelid AND a.attnum = ANY (g.tgattr::smallint[]))""")
                .fact("level", "CASE WHEN g.tgtype & 1 <> 0 THEN 'row' ELSE 'statement' END")
                .fact("condition", """
                    CASE WHEN g.tgqual IS NOT NULL THEN
                        substring(d.text FROM 'FOR EACH (?:ROW|STATEMENT) WHEN \\((.*)\\) EXECUTE ') END""")
                .fact("function", "substring(d.text FROM '.* EXECUTE (?:FUNCTION|PROCEDURE) (.*)$')")
                .fact("old table", "g.tgoldtable::text")
                .fact("new table", "g.tgnewtable::text")
                .flag("constraint", "g.tgconstraint <> 0")
                .fact("deferrable", """
                    CASE WHEN g.tgdeferrable THEN
                        CASE WHEN g.tginitdeferred THEN 'initially deferred' ELSE 'initially immediate' END END""")
                .fact("from", "CASE WHEN g.tgconstrrelid <> 0 THEN g.tgconstrrelid::regclass::text END")
                .fact(
                        "state",
                        "CASE g.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END")
                .fact("inherited", db.since(13, "CASE WHEN g.tgparentid <> 0 THEN 'yes' END"))
                .fact("depends on extensions", db.extensions("pg_trigger", "g.oid"))
                .fact(".comment", db.comment("pg_trigger", "g.oid"))
                .from("""
                    rel
                    JOIN pg_trigger g ON g.tgrelid = rel.oid AND NOT g.tgisinternal
                    CROSS JOIN LATERAL (SELECT pg_get_triggerdef(g.oid, true) AS text) d
                    WHERE %s""".formatted(db.notInExtension("pg_trigger", "g.oid")));
    }

    private static ObjectSelect rules(CatalogContext db) {
        return ObjectSelect.of("'rule'", "rel.schema", "rel.relname || '.' || r.rulename")
                .parent("rel.kind", "rel.relname::text")
                .group(ObjectGroup.RELATION, "rel.oid")
                .fact("definition", "pg_get_ruledef(r.oid, true)")
                .fact(
                        "state",
                        "CASE r.ev_enabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END")
                .fact(".comment", db.comment("pg_rewrite", "r.oid"))
                .from("rel JOIN pg_rewrite r ON r.ev_class = rel.oid AND r.rulename <> '_RETURN'");
    }

    private static ObjectSelect policies(CatalogContext db) {
        return ObjectSelect.of("'policy'", "rel.schema", "rel.relname || '.' || p.polname")
                .parent("rel.kind", "rel.relname::text")
                .group(ObjectGroup.RELATION, "rel.oid")
                .fact("command", """
                    CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update'
                        WHEN 'd' THEN 'delete' ELSE 'all' END""")
                .flag("restrictive", "NOT p.polpermissive")
                .fact("roles", """
                    CASE WHEN p.polroles <> '{0}' THEN
                        (SELECT string_agg(pg_get_userbyid(r)::text, ', ' ORDER BY pg_get_userbyid(r)::text)
                           FROM unnest(p.polroles) r) END""")
                .fact("using", "pg_get_expr(p.polqual, p.polrelid, true)")
                .fact("check", "pg_get_expr(p.polwithcheck, p.polrelid, true)")
                .fact(".comment", db.comment("pg_policy", "p.oid"))
                .from("rel JOIN pg_policy p ON p.polrelid = rel.oid");
    }

    static final List<CatalogPart> ALL = List.of(
            CatalogPart.of(TriggerParts::triggers, PresentObjectKinds.TRIGGERS),
            CatalogPart.of(TriggerParts::rules, PresentObjectKinds.RULES),
            CatalogPart.of(TriggerParts::policies, PresentObjectKinds.POLICIES));

    private TriggerParts() {}
}
