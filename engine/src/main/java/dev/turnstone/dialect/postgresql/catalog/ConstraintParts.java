package dev.turnstone.dialect.postgresql.catalog;

import java.util.List;

/**
 * Catalog queries for the constraints of tables and domains. NOT NULL is a property of the column, whatever name the
 * server gives it.
 */
final class ConstraintParts {

    private static final String OF_TABLES = """
            SELECT CASE con.contype WHEN 'p' THEN 'primary-key' WHEN 'u' THEN 'unique' WHEN 'c' THEN 'check'
                                    WHEN 'f' THEN 'foreign-key' ELSE 'exclusion' END, rel.schema,
                   CASE con.contype WHEN 'x' THEN rel.relname || '.' || con.conname ELSE con.conname::text END,
                   'table', rel.relname::text, ARRAY[
                   '.table', rel.relname::text,
                   '.constraint', con.conname::text,
                   '.numbers', array_to_string(con.conkey, ' '),
                   '.named after', CASE con.contype WHEN 'x' THEN
                       (SELECT string_agg(a.attname, chr(31) ORDER BY a.attnum)
                          FROM pg_attribute a WHERE a.attrelid = con.conindid) END,
                   '.expression', CASE con.contype WHEN 'c' THEN pg_get_expr(con.conbin, con.conrelid, true) END,
                   '.references', CASE con.contype WHEN 'f' THEN
                       CASE WHEN fn.nspname = {schema} THEN '' ELSE fn.nspname || '.' END || f.relname END,
                   '.referenced table', CASE WHEN {referenced table is read} THEN f.relname::text END,
                   '.referenced numbers', array_to_string(con.confkey, ' '),
                   '.referenced columns', CASE WHEN con.contype = 'f' AND NOT ({referenced table is read}) THEN
                       (SELECT string_agg(a.attname, chr(31) ORDER BY key.place)
                          FROM unnest(con.confkey) WITH ORDINALITY key(number, place)
                          JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = key.number) END,
                   'definition', CASE con.contype WHEN 'x' THEN pg_get_constraintdef(con.oid, true) END,
                   'deferrable', CASE WHEN con.condeferrable AND con.contype <> 'x' THEN
                       CASE WHEN con.condeferred THEN 'initially deferred' ELSE 'initially immediate' END END,
                   'on delete', CASE con.contype WHEN 'f' THEN
                       CASE con.confdeltype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
                                            WHEN 'd' THEN 'set default' END END,
                   'on delete columns', {since 15: CASE WHEN con.confdelsetcols IS NOT NULL THEN
                       (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a
                         WHERE a.attrelid = con.conrelid AND a.attnum = ANY (con.confdelsetcols)) END},
                   'on update', CASE con.contype WHEN 'f' THEN
                       CASE con.confupdtype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
                                            WHEN 'd' THEN 'set default' END END,
                   'match', CASE con.contype WHEN 'f' THEN
                       CASE con.confmatchtype WHEN 'f' THEN 'full' WHEN 'p' THEN 'partial' END END,
                   'not valid', CASE WHEN NOT con.convalidated THEN 'yes' END,
                   'not enforced', {since 18: CASE WHEN NOT con.conenforced THEN 'yes' END},
                   'period', {since 18: CASE WHEN con.conperiod AND con.contype = 'f' THEN 'yes' END},
                   'without overlaps', {since 18: CASE WHEN con.conperiod AND con.contype <> 'f' THEN 'yes' END},
                   'triggers', CASE WHEN con.contype = 'f' OR con.condeferrable THEN {switched con.oid} END,
                   'no inherit', CASE WHEN con.connoinherit AND con.contype = 'c' THEN 'yes' END,
                   'inherited', {when inherited-tables: CASE WHEN con.coninhcount > 0 OR con.conparentid <> 0 THEN
                       CASE WHEN con.conislocal THEN 'and declared' ELSE 'yes' END END},
                   'nulls not distinct', {since 15: CASE WHEN i.indnullsnotdistinct THEN 'yes' END},
                   'include', CASE WHEN i.indnatts > i.indnkeyatts THEN
                       (SELECT string_agg(a.attname, ', ' ORDER BY key.place)
                          FROM unnest(i.indkey::smallint[]) WITH ORDINALITY key(number, place)
                          JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = key.number
                         WHERE key.place > i.indnkeyatts) END,
                   '*with', array_to_string(ic.reloptions, chr(31)),
                   'tablespace', CASE WHEN ic.reltablespace <> 0 THEN
                       (SELECT spcname::text FROM pg_tablespace WHERE oid = ic.reltablespace) END,
                   'index comment', {comment pg_class ic.oid},
                   'index invalid', CASE WHEN NOT i.indisvalid THEN 'yes' END,
                   'clustered', CASE WHEN i.indisclustered THEN 'yes' END,
                   'replica identity', CASE WHEN i.indisreplident THEN 'yes' END,
                   '.comment', {comment pg_constraint con.oid}
                   ]
              FROM rel
              JOIN pg_constraint con ON con.conrelid = rel.oid
              LEFT JOIN pg_class f ON f.oid = con.confrelid
              LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
              LEFT JOIN pg_index i ON i.indexrelid = con.conindid AND con.contype <> 'f'
              LEFT JOIN pg_class ic ON ic.oid = i.indexrelid
             WHERE rel.relkind IN ('r', 'p', 'f') AND con.contype IN ('p', 'u', 'c', 'f', 'x')
                   -- A foreign key to a partitioned table has an additional constraint for each partition.
               {with inherited-tables: AND (con.conparentid = 0 OR NOT EXISTS (SELECT FROM pg_constraint up
                                WHERE up.oid = con.conparentid AND up.conrelid = con.conrelid))}
            """;

    private static final String OF_DOMAINS = """
            SELECT 'check', ns.name, t.typname || '.' || con.conname, 'domain', t.typname::text, ARRAY[
                   'expression', pg_get_expr(con.conbin, 0, true),
                   'not valid', CASE WHEN NOT con.convalidated THEN 'yes' END,
                   '.table', t.typname::text,
                   '.constraint', con.conname::text,
                   '.comment', {comment pg_constraint con.oid}
                   ]
              FROM ns
              JOIN pg_type t ON t.typnamespace = ns.oid AND t.typtype = 'd'
              JOIN pg_constraint con ON con.contypid = t.oid AND con.contype = 'c'
             WHERE {not in extension pg_type t.oid}
            """;

    /** The condition for a referenced table whose column names the query for columns returns anyway. */
    static final String REFERENCED_TABLE_IS_READ = "fn.nspname = {schema} AND {not in extension pg_class f.oid}";

    static final List<CatalogPart> ALL =
            List.of(new CatalogPart(OF_TABLES, PresentObjectKinds.ANY_TABLE), CatalogPart.of(OF_DOMAINS, PresentObjectKinds.DOMAINS));

    private ConstraintParts() {}
}
