package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/**
 * Catalog queries for the constraints of tables and domains. NOT NULL is a property of the column, whatever name the
 * server gives it.
 */
final class ConstraintParts {

    private static ObjectSelect ofTables(CatalogContext db) {
        return ObjectSelect.of(
                        """
                    CASE con.contype WHEN 'p' THEN 'primary-key' WHEN 'u' THEN 'unique' WHEN 'c' THEN 'check'
                        WHEN 'f' THEN 'foreign-key' ELSE 'exclusion' END""",
                        "rel.schema",
                        "CASE con.contype WHEN 'x' THEN rel.relname || '.' || con.conname ELSE con.conname::text END")
                .parent("'table'", "rel.relname::text")
                .group(ObjectGroup.RELATION, "rel.oid")
                .fact(".table", "rel.relname::text")
                .fact(".constraint", "con.conname::text")
                .fact(".numbers", "array_to_string(con.conkey, ' ')")
                .fact(".named after", """
                    CASE con.contype WHEN 'x' THEN
                        (SELECT string_agg(a.attname, chr(31) ORDER BY a.attnum)
                           FROM pg_attribute a WHERE a.attrelid = con.conindid) END""")
                .fact(".expression", "CASE con.contype WHEN 'c' THEN pg_get_expr(con.conbin, con.conrelid, true) END")
                .fact(".references", """
                    CASE con.contype WHEN 'f' THEN
                        CASE WHEN fn.nspname = %s THEN '' ELSE fn.nspname || '.' END || f.relname END""".formatted(db.schema()))
                .fact(".referenced table", "CASE WHEN " + referencedTableIsRead(db) + " THEN f.relname::text END")
                .fact(".referenced numbers", "array_to_string(con.confkey, ' ')")
                .fact(".referenced columns", """
                    CASE WHEN con.contype = 'f' AND NOT (%s) THEN
                        (SELECT string_agg(a.attname, chr(31) ORDER BY key.place)
                           FROM unnest(con.confkey) WITH ORDINALITY key(number, place)
                           JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = key.number) END""".formatted(referencedTableIsRead(db)))
                .fact("definition", "CASE con.contype WHEN 'x' THEN pg_get_constraintdef(con.oid, true) END")
                .fact("deferrable", """
                    CASE WHEN con.condeferrable AND con.contype <> 'x' THEN
                        CASE WHEN con.condeferred THEN 'initially deferred' ELSE 'initially immediate' END END""")
                .fact("on delete", """
                    CASE con.contype WHEN 'f' THEN
                        CASE con.confdeltype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
                                             WHEN 'd' THEN 'set default' END END""")
                .fact("on delete columns", db.since(15, """
                    CASE WHEN con.confdelsetcols IS NOT NULL THEN
                        (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a
                          WHERE a.attrelid = con.conrelid AND a.attnum = ANY (con.confdelsetcols)) END"""))
                .fact("on update", """
                    CASE con.contype WHEN 'f' THEN
                        CASE con.confupdtype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
                                             WHEN 'd' THEN 'set default' END END""")
                .fact("match", """
                    CASE con.contype WHEN 'f' THEN
                        CASE con.confmatchtype WHEN 'f' THEN 'full' WHEN 'p' THEN 'partial' END END""")
                .flag("not valid", "NOT con.convalidated")
                .fact("not enforced", db.since(18, "CASE WHEN NOT con.conenforced THEN 'yes' END"))
                .fact("period", db.since(18, "CASE WHEN con.conperiod AND con.contype = 'f' THEN 'yes' END"))
                .fact("without overlaps", db.since(18, "CASE WHEN con.conperiod AND con.contype <> 'f' THEN 'yes' END"))
                .fact(
                        "triggers",
                        "CASE WHEN con.contype = 'f' OR con.condeferrable THEN " + db.nonDefaultTriggers("con.oid")
                                + " END")
                .flag("no inherit", "con.connoinherit AND con.contype = 'c'")
                .fact("inherited", db.valueIf(PresentObjectKinds.INHERITED_TABLES, """
                    CASE WHEN con.coninhcount > 0 OR con.conparentid <> 0 THEN
                        CASE WHEN con.conislocal THEN 'and declared' ELSE 'yes' END END"""))
                .fact("nulls not distinct", db.since(15, "CASE WHEN i.indnullsnotdistinct THEN 'yes' END"))
                .fact("include", """
                    CASE WHEN i.indnatts > i.indnkeyatts THEN
                        (SELECT string_agg(a.attname, ', ' ORDER BY key.place)
                           FROM unnest(i.indkey::smallint[]) WITH ORDINALITY key(number, place)
                           JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = key.number
                          WHERE key.place > i.indnkeyatts) END""")
                .fact("*with", "array_to_string(ic.reloptions, chr(31))")
                .fact("tablespace", """
                    CASE WHEN ic.reltablespace <> 0 THEN
                        (SELECT spcname::text FROM pg_tablespace WHERE oid = ic.reltablespace) END""")
                .fact("index comment", db.comment("pg_class", "ic.oid"))
                .flag("index invalid", "NOT i.indisvalid")
                .flag("clustered", "i.indisclustered")
                .flag("replica identity", "i.indisreplident")
                .fact(".comment", db.comment("pg_constraint", "con.oid"))
                .from("""
                    rel
                    JOIN pg_constraint con ON con.conrelid = rel.oid
                    LEFT JOIN pg_class f ON f.oid = con.confrelid
                    LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
                    LEFT JOIN pg_index i ON i.indexrelid = con.conindid AND con.contype <> 'f'
                    LEFT JOIN pg_class ic ON ic.oid = i.indexrelid
                    WHERE rel.relkind IN ('r', 'p', 'f') AND con.contype IN ('p', 'u', 'c', 'f', 'x')
                         -- A foreign key to a partitioned table has an additional constraint for each partition.
                     %s""".formatted(db.clauseIf(PresentObjectKinds.INHERITED_TABLES, """
                    AND (con.conparentid = 0 OR NOT EXISTS (SELECT FROM pg_constraint up
                        WHERE up.oid = con.conparentid AND up.conrelid = con.conrelid))""")));
    }

    private static ObjectSelect ofDomains(CatalogContext db) {
        return ObjectSelect.of("'check'", "ns.name", "t.typname || '.' || con.conname")
                .parent("'domain'", "t.typname::text")
                .group(ObjectGroup.TYPE, "t.oid")
                .fact("expression", "pg_get_expr(con.conbin, 0, true)")
                .flag("not valid", "NOT con.convalidated")
                .fact(".table", "t.typname::text")
                .fact(".constraint", "con.conname::text")
                .fact(".comment", db.comment("pg_constraint", "con.oid"))
                .from("""
                    ns
                    JOIN pg_type t ON t.typnamespace = ns.oid AND t.typtype = 'd'
                    JOIN pg_constraint con ON con.contypid = t.oid AND con.contype = 'c'
                    WHERE %s""".formatted(db.notInExtension("pg_type", "t.oid")));
    }

    /** Returns the condition for a referenced table whose column names the query for columns returns anyway. */
    private static String referencedTableIsRead(CatalogContext db) {
        return db.rows() == CatalogQuery.Rows.PICKED
                ? "FALSE"
                : "fn.nspname = " + db.schema() + " AND " + db.notInExtension("pg_class", "f.oid");
    }

    static final List<CatalogPart> ALL = List.of(
            new CatalogPart(ConstraintParts::ofTables, PresentObjectKinds.ANY_TABLE),
            CatalogPart.of(ConstraintParts::ofDomains, PresentObjectKinds.DOMAINS));

    private ConstraintParts() {}
}
