--# DATABASE rows of another schema
DELETE FROM billing.inv;
--# DATABASE rows changed in another schema
UPDATE billing.inv SET n = 0;
--# DATABASE an update through an alias
UPDATE ONLY billing.inv AS i SET n = i.n + 1;
--# DATABASE a table dropped in another schema
DROP TABLE IF EXISTS mine, billing.inv;
--# DATABASE a comment between the tokens
DELETE FROM public/**/./* ' */users;
--# DATABASE a quoted name
DELETE FROM "billing" . "inv";
--# DATABASE a name with Unicode escapes
DELETE FROM U&"bill\0069ng".inv;
--# DATABASE a name with an escape character of its own
DELETE FROM U&"bill!0069ng" UESCAPE '!' . inv;
--# DATABASE data copied into another schema
COPY billing.inv FROM stdin;
1
\.
--# DATABASE rows truncated in another schema
TRUNCATE billing.inv;
--# DATABASE a sequence of another schema
SELECT nextval('billing.seq');
--# DATABASE a sequence of another schema as regclass
SELECT setval('billing.seq'::regclass, 1000);
--# DATABASE rights in another schema
GRANT ALL ON SCHEMA billing TO public;
--# DATABASE default rights
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO public;
--# DATABASE the search path
SET search_path = billing; DELETE FROM inv;
--# DATABASE the search path by a computed name
SELECT set_config('search' || '_path', 'billing', false); DELETE FROM inv;
--# DATABASE the second table of a list
SELECT * FROM pg_temp.x, billing.inv;
--# DATABASE a table behind a join's condition
CREATE TABLE a (x int); SELECT 1 FROM a JOIN a AS b ON a.x = b.x, billing.inv;
--# DATABASE a table in parentheses
SELECT 1 FROM (billing.inv CROSS JOIN billing.inv AS j);
--# DATABASE an inherited table
CREATE TABLE heir () INHERITS (billing.inv);
--# DATABASE a table that refers to another schema
CREATE TABLE r (id int REFERENCES billing.inv (n));
--# DATABASE a table moved into another schema
CREATE TABLE m (id int); ALTER TABLE m SET SCHEMA billing;
--# DATABASE a trigger on a table of another schema
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER t BEFORE DELETE ON billing.inv FOR EACH ROW EXECUTE FUNCTION f();
--# DATABASE an owner's objects listed by catalog
DELETE FROM pg_description;
--# DATABASE a large object
SELECT lo_unlink(4242);
--# DATABASE a schema
DROP SCHEMA billing CASCADE;
--# CLUSTER objects of a role
DROP OWNED BY CURRENT_USER;
--# CLUSTER objects given to another role
REASSIGN OWNED BY bystander TO CURRENT_USER;
--# CLUSTER a role dropped and created
DROP ROLE IF EXISTS bystander; CREATE ROLE bystander;
--# CLUSTER a role altered
ALTER ROLE bystander PASSWORD 'x' NOLOGIN;
--# CLUSTER a role's settings
ALTER USER CURRENT_USER SET work_mem = '1MB';
--# CLUSTER a membership
GRANT bystander TO CURRENT_USER;
--# CLUSTER a server setting
ALTER SYSTEM SET work_mem = '1MB';
--# CLUSTER a database's setting
ALTER DATABASE bystander SET work_mem = '1MB';
--# CLUSTER a database
DROP DATABASE bystander;
--# CLUSTER a comment on a role
COMMENT ON ROLE bystander IS 'mine';
--# CLUSTER rights on a database
REVOKE ALL ON DATABASE bystander FROM public;
--# CLUSTER a shared catalog
UPDATE pg_catalog.pg_database SET datallowconn = false WHERE datname = 'bystander';
--# CLUSTER other sessions
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid();
--# CLUSTER a replication slot
SELECT pg_create_physical_replication_slot('s');
--# CLUSTER a subscription
CREATE SUBSCRIPTION s CONNECTION 'host=localhost' PUBLICATION p WITH (connect = false);
--# CLUSTER another server
CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'localhost');
--# CLUSTER another connection
SELECT dblink_exec('dbname=postgres', 'DELETE FROM billing.inv');
--# HOST a file
COPY (SELECT 1) TO '/tmp/turnstone-reach-out';
--# HOST a program
COPY (SELECT 1) TO PROGRAM 'touch /tmp/turnstone-reach-out';
--# HOST a file that is read
CREATE TABLE l (line text); COPY l FROM '/etc/hostname';
--# HOST a file read by a function
SELECT pg_read_file('postgresql.conf');
--# HOST an exported large object
SELECT lo_export(4242, '/tmp/turnstone-reach-out');
--# HOST machine code
CREATE FUNCTION c() RETURNS int LANGUAGE c AS 'libc', 'getpid';
--# HOST an internal function under another name
CREATE FUNCTION rf(text) RETURNS text LANGUAGE internal AS 'pg_read_file_all';
--# HOST a library
LOAD 'auto_explain';
--# HOST an untrusted language
DO LANGUAGE plpython3u 'import os';
--# DATABASE DO: rows of another schema
DO $$ BEGIN DELETE FROM billing.inv; END $$;
--# DATABASE DO: rows of another schema in a branch
DO $$ BEGIN IF true THEN UPDATE billing.inv SET n = 0; END IF; END $$;
--# DATABASE DO: rows of another schema in a loop
DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 AS x LOOP INSERT INTO billing.inv VALUES (r.x); END LOOP; END $$;
--# DATABASE DO: a fixed text
DO $$ BEGIN EXECUTE 'DELETE FROM billing.inv'; END $$;
--# DATABASE DO: a text in two parts
DO $$ BEGIN EXECUTE 'DELETE FROM bill' || 'ing.inv'; END $$;
--# DATABASE DO: a text of a variable
DO $$ DECLARE s text := 'DELETE FROM billing.inv'; BEGIN EXECUTE s; END $$;
--# DATABASE DO: a text with escapes
DO $$ BEGIN EXECUTE E'DELETE FROM \x62illing.inv'; END $$;
--# DATABASE DO: format of two names
DO $$ BEGIN EXECUTE format('DELETE FROM %I.%I', 'billing', 'inv'); END $$;
--# DATABASE DO: a text that grows
DO $$ DECLARE s text; BEGIN s := 'DELETE FROM '; s := s || 'billing.inv'; EXECUTE s; END $$;
--# DATABASE DO: the search path
DO $$ BEGIN PERFORM set_config('search_path', 'billing', true); DELETE FROM inv; END $$;
--# UNPROVEN DO: the search path by a hidden name
DO $$ BEGIN PERFORM set_config(reverse('htap_hcraes'), 'billing', true); DELETE FROM inv; END $$;
--# UNPROVEN DO: a hidden text
DO $$ BEGIN EXECUTE convert_from(decode('REVMRVRFIEZST00gYmlsbGluZy5pbnY=', 'base64'), 'UTF8'); END $$;
--# UNPROVEN DO: a hidden text of a role
DO $$ BEGIN EXECUTE reverse('rednatsyb ELOR PORD'); END $$;
--# UNPROVEN DO: a command of two parts, one of them hidden
DO $$ BEGIN EXECUTE 'DR' || chr(79) || 'P ROLE bystander'; END $$;
--# UNPROVEN DO: a text of a table
CREATE TABLE s (sql text); INSERT INTO s VALUES ('DROP ROLE bystander');
DO $$ DECLARE r record; BEGIN FOR r IN SELECT sql FROM s LOOP EXECUTE r.sql; END LOOP; END $$;
--# CLUSTER DO: a role
DO $$ BEGIN DROP ROLE bystander; END $$;
--# CLUSTER DO: a guarded role
DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_ro') THEN CREATE ROLE app_ro; END IF; END $do$;
--# CLUSTER DO: a role in an executed text
DO $$ BEGIN EXECUTE 'ALTER ROLE ' || quote_ident('bystander') || ' NOLOGIN'; END $$;
--# CLUSTER DO: a role in an inner block
DO $$ BEGIN EXECUTE 'DO ''BEGIN DROP ROLE bystander; END'''; END $$;
--# CLUSTER DO: another database by name
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''1MB''', 'bystander'); END $$;
--# CLUSTER DO: other sessions
DO $$ BEGIN PERFORM pg_reload_conf(); END $$;
--# CLUSTER DO: an exception's branch
DO $$ BEGIN PERFORM 1/0; EXCEPTION WHEN others THEN ALTER ROLE bystander NOLOGIN; END $$;
--# HOST DO: a program
DO $$ BEGIN COPY (SELECT 1) TO PROGRAM 'touch /tmp/turnstone-reach-out'; END $$;
--# HOST DO: a file in a query's text
DO $$ BEGIN PERFORM query_to_xml('SELECT pg_read_file(''postgresql.conf'')', true, true, ''); END $$;
--# HOST DO: a file behind a range
DO $$ BEGIN FOR i IN 1..length(pg_read_file('postgresql.conf')) LOOP NULL; END LOOP; END $$;
--# DATABASE function: rows of another schema
CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM billing.inv $$; SELECT f();
--# DATABASE function: a standard body
CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM billing.inv; END; SELECT f();
--# DATABASE function: a quoted body with a quoted language
CREATE FUNCTION f() RETURNS void AS 'BEGIN DELETE FROM billing.inv; END' LANGUAGE 'plpgsql'; SELECT f();
--# DATABASE function: a search path of its own
CREATE FUNCTION f() RETURNS void LANGUAGE sql SET search_path = billing AS 'SELECT 1';
--# CLUSTER function: a role
CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER ROLE bystander NOLOGIN; END $$; SELECT f();
--# UNPROVEN function: a text that is a parameter
CREATE FUNCTION run(s text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE s; END $$; SELECT run('DROP ROLE bystander');
--# UNPROVEN function: a language that is not analysed
CREATE FUNCTION f() RETURNS void LANGUAGE plperl AS $$ spi_exec_query('DROP ROLE bystander'); $$;
--# CLUSTER procedure: a database's comment
CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMENT ON DATABASE bystander IS 'mine'; END $$; CALL p();
--# DATABASE trigger: rows of another schema
CREATE TABLE t (id int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM billing.inv WHERE n = NEW.id; RETURN NEW; END $$; CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); INSERT INTO t VALUES (1);
--# CLUSTER trigger: a role
CREATE TABLE t (id int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP ROLE IF EXISTS ' || 'bystander'; RETURN NEW; END $$; CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); INSERT INTO t VALUES (1);
--# DATABASE rule: rows of another schema
CREATE TABLE t (id int); CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM billing.inv; DELETE FROM billing.inv); INSERT INTO t VALUES (1);
