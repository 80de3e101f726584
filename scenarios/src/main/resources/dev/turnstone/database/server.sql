WITH own_role AS MATERIALIZED (
  SELECT oid FROM pg_roles WHERE shobj_description(oid, 'pg_authid') LIKE 'turnstone % role; %'),
own_database AS MATERIALIZED (
  SELECT oid, datname FROM pg_database
   WHERE shobj_description(oid, 'pg_database') LIKE 'turnstone % database; %'
      OR (datname ~ '^turnstone_[0-9a-z]+_[0-9a-z]+_[0-9a-z]+$' AND shobj_description(oid, 'pg_database') IS NULL)),
own_schema AS MATERIALIZED (
  SELECT oid FROM pg_namespace WHERE obj_description(oid, 'pg_namespace') LIKE 'turnstone % schema; %')
SELECT 'role' AS kind, rolname::text AS name,
       concat_ws(' ', CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END, CASE WHEN rolsuper THEN 'SUPERUSER' END,
                 CASE WHEN rolcreatedb THEN 'CREATEDB' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
                 CASE WHEN NOT rolinherit THEN 'NOINHERIT' END, CASE WHEN rolreplication THEN 'REPLICATION' END,
                 CASE WHEN rolbypassrls THEN 'BYPASSRLS' END, 'CONNECTION LIMIT ' || rolconnlimit,
                 'VALID UNTIL ' || rolvaliduntil::text, 'oid ' || oid) AS state
  FROM pg_roles WHERE oid NOT IN (SELECT oid FROM own_role)
UNION ALL
SELECT 'membership', member::regrole || ' in ' || roleid::regrole,
       string_agg(concat_ws(' ', CASE WHEN admin_option THEN 'ADMIN' ELSE 'NO ADMIN' END,
                            'INHERIT ' || (to_jsonb(m) ->> 'inherit_option'), 'SET ' || (to_jsonb(m) ->> 'set_option'),
                            'granted by ' || grantor::regrole), ', ' ORDER BY grantor)
  FROM pg_auth_members m
 WHERE roleid NOT IN (SELECT oid FROM own_role) AND member NOT IN (SELECT oid FROM own_role)
 GROUP BY member, roleid
UNION ALL
SELECT 'setting', concat_ws(' in ', CASE setrole WHEN 0 THEN 'of all roles' ELSE 'of role ' || setrole::regrole END,
                            CASE setdatabase WHEN 0 THEN 'all databases' ELSE 'database ' || d.datname END),
       setconfig::text
  FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase
 WHERE setrole NOT IN (SELECT oid FROM own_role) AND setdatabase NOT IN (SELECT oid FROM own_database)
UNION ALL
SELECT 'parameter', name, reset_val FROM pg_settings WHERE source = 'configuration file'
UNION ALL
SELECT 'database', datname,
       concat_ws(' ', 'OWNER ' || datdba::regrole, 'CONNECTION LIMIT ' || datconnlimit,
                 'ALLOW_CONNECTIONS ' || datallowconn, 'IS_TEMPLATE ' || datistemplate,
                 'TABLESPACE ' || (SELECT spcname FROM pg_tablespace t WHERE t.oid = dattablespace),
                 'privileges ' || datacl::text, 'oid ' || oid)
  FROM pg_database WHERE oid NOT IN (SELECT oid FROM own_database)
UNION ALL
SELECT 'tablespace', spcname,
       concat_ws(' ', 'OWNER ' || spcowner::regrole, 'LOCATION ' || pg_tablespace_location(oid),
                 'options ' || spcoptions::text, 'privileges ' || spcacl::text)
  FROM pg_tablespace
UNION ALL
SELECT 'replication slot', slot_name, concat_ws(' ', slot_type, plugin, 'database ' || database)
  FROM pg_replication_slots
 WHERE NOT temporary AND coalesce(database, '') NOT IN (SELECT datname FROM own_database)
UNION ALL
SELECT 'replication origin', roname, roident::text FROM pg_replication_origin
UNION ALL
SELECT 'subscription', subname, concat_ws(' ', 'OWNER ' || subowner::regrole, 'ENABLED ' || subenabled)
  FROM pg_subscription WHERE subdbid NOT IN (SELECT oid FROM own_database)
UNION ALL
SELECT 'default privileges', 'of ' || defaclrole::regrole || coalesce(' in schema ' || n.nspname, '')
                             || ' for ' || defaclobjtype::text, defaclacl::text
  FROM pg_default_acl a LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace
 WHERE defaclrole NOT IN (SELECT oid FROM own_role) AND defaclnamespace NOT IN (SELECT oid FROM own_schema)
UNION ALL
SELECT 'comment', concat_ws(' ', 'on', c.kind, c.name), d.description
  FROM (SELECT 'pg_authid'::regclass AS class, 'role' AS kind, oid, rolname AS name FROM pg_roles
         WHERE oid NOT IN (SELECT oid FROM own_role)
        UNION ALL
        SELECT 'pg_database'::regclass, 'database', oid, datname FROM pg_database
         WHERE oid NOT IN (SELECT oid FROM own_database)
        UNION ALL
        SELECT 'pg_tablespace'::regclass, 'tablespace', oid, spcname FROM pg_tablespace) c
  JOIN pg_shdescription d ON d.classoid = c.class AND d.objoid = c.oid
