WITH outside AS MATERIALIZED (
  SELECT oid, nspname, xmin FROM pg_namespace
   WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'turnstone_watch')
     AND coalesce(obj_description(oid, 'pg_namespace'), '') NOT LIKE 'turnstone % schema; %'),
relation AS MATERIALIZED (
  SELECT c.oid, c.xmin, c.relkind, n.nspname || '.' || c.relname AS name
    FROM pg_class c JOIN outside n ON n.oid = c.relnamespace WHERE c.relkind <> 't'),
part AS (
  SELECT a.attrelid AS relation, a.attnum::text AS part, a.xmin FROM pg_attribute a JOIN relation r ON r.oid = a.attrelid WHERE a.attnum > 0
  UNION ALL SELECT d.adrelid, 'd' || d.oid, d.xmin FROM pg_attrdef d JOIN relation r ON r.oid = d.adrelid
  UNION ALL SELECT d.conrelid, 'c' || d.oid, d.xmin FROM pg_constraint d JOIN relation r ON r.oid = d.conrelid
  UNION ALL SELECT d.tgrelid, 't' || d.oid, d.xmin FROM pg_trigger d JOIN relation r ON r.oid = d.tgrelid
  UNION ALL SELECT d.ev_class, 'r' || d.oid, d.xmin FROM pg_rewrite d JOIN relation r ON r.oid = d.ev_class
  UNION ALL SELECT d.polrelid, 'p' || d.oid, d.xmin FROM pg_policy d JOIN relation r ON r.oid = d.polrelid),
parts AS (SELECT relation, md5(string_agg(part || '=' || xmin, ' ' ORDER BY part)) AS state FROM part GROUP BY relation)
SELECT 'schema' AS kind, nspname::text AS name, xmin::text AS state FROM outside
UNION ALL
SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'v' THEN 'view'
         WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'composite type' END,
       r.name, r.xmin || ' ' || coalesce(p.state, '')
  FROM relation r LEFT JOIN parts p ON p.relation = r.oid
UNION ALL
SELECT 'type', n.nspname || '.' || t.typname,
       t.xmin || ' ' || coalesce((SELECT string_agg(e.xmin::text, ' ' ORDER BY e.oid) FROM pg_enum e WHERE e.enumtypid = t.oid), '')
  FROM pg_type t JOIN outside n ON n.oid = t.typnamespace WHERE t.typrelid = 0 AND t.typcategory <> 'A'
UNION ALL
SELECT 'function', p.oid::regprocedure::text, p.xmin::text FROM pg_proc p JOIN outside n ON n.oid = p.pronamespace
UNION ALL
SELECT 'extension', extname, xmin::text FROM pg_extension
UNION ALL
SELECT 'event trigger', evtname, xmin::text FROM pg_event_trigger WHERE evtname !~ '^turnstone_watch_'
UNION ALL
SELECT 'publication', pubname, xmin::text FROM pg_publication
UNION ALL
SELECT 'foreign server', srvname, xmin::text FROM pg_foreign_server
UNION ALL
SELECT 'foreign-data wrapper', fdwname, xmin::text FROM pg_foreign_data_wrapper
UNION ALL
SELECT 'language', lanname, xmin::text FROM pg_language
UNION ALL
SELECT 'cast', format_type(castsource, NULL) || ' to ' || format_type(casttarget, NULL), xmin::text FROM pg_cast WHERE oid >= 16384
UNION ALL
SELECT 'large object', oid::text, xmin::text FROM pg_largeobject_metadata
UNION ALL
SELECT 'setting of database', current_database(), setconfig::text FROM pg_db_role_setting
 WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL
SELECT 'seen', '', txid_current_snapshot()::text
