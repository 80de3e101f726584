--# INSIDE a table
CREATE TABLE users (id bigserial PRIMARY KEY, name varchar(20) NOT NULL, price numeric(10,2) DEFAULT 0, at timestamptz DEFAULT now(), CHECK (users.id > 0));
--# INSIDE a uuid
CREATE TABLE items (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), role text, "user" text, owner_id int);
--# INSIDE a column named role
ALTER TABLE items DROP role, ADD COLUMN role text, DROP COLUMN "user";
--# INSIDE a column named database
ALTER TABLE items RENAME COLUMN database TO system;
--# INSIDE an enum
CREATE TYPE state AS ENUM ('new', 'paid', 'billing.inv');
--# INSIDE a guarded type
DO $$ BEGIN CREATE TYPE state AS ENUM ('new'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
--# DATABASE a type guarded by a catalog
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'state') THEN CREATE TYPE state AS ENUM ('new'); END IF; END $$;
--# INSIDE a new value
ALTER TYPE state ADD VALUE IF NOT EXISTS 'sent' AFTER 'paid';
--# INSIDE rows
INSERT INTO users (id, name) VALUES (1, 'a.b'), (2, 'DROP ROLE x'), (3, E'it\'s; -- no comment');
--# INSIDE rows of a query
INSERT INTO a (x, y) SELECT u.id, count(*) FROM users u JOIN items AS i ON i.owner_id = u.id LEFT JOIN x USING (id) WHERE u.name IS DISTINCT FROM i.role GROUP BY u.id, u.name HAVING max(i.price) > 1.5 ORDER BY u.id, u.name LIMIT 5;
--# INSIDE an update from another table
UPDATE users u SET name = i.role, id = i.owner_id FROM items i, x WHERE i.owner_id = u.id AND u.id IN (SELECT y.id FROM y WHERE y.id = u.id);
--# INSIDE an upsert
INSERT INTO users AS u (id, name) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET name = excluded.name, id = excluded.id WHERE u.name <> excluded.name RETURNING u.id, u.*;
--# INSIDE a delete by another table
DELETE FROM users u USING items i WHERE i.owner_id = u.id;
--# INSIDE generated rows
INSERT INTO users SELECT n, 'user ' || n FROM generate_series(1, 1000) AS s(n);
--# INSIDE a view
CREATE OR REPLACE VIEW v AS SELECT u.id, upper(u.name) AS name, EXTRACT(year FROM u.at) AS y, u.at AT TIME ZONE i.zone FROM users u, LATERAL (SELECT i.* FROM items i WHERE i.owner_id = u.id) i;
--# INSIDE a materialized view
CREATE MATERIALIZED VIEW mv AS SELECT u.id FROM users u; REFRESH MATERIALIZED VIEW mv;
--# INSIDE a common table expression
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT t.n + 1 FROM t WHERE t.n < 100) SELECT sum(t.n) FROM t;
--# INSIDE indexes
CREATE UNIQUE INDEX IF NOT EXISTS ix ON users USING btree (lower(name), (id + 1) DESC) WHERE name IS NOT NULL;
--# DATABASE an index built concurrently
CREATE INDEX CONCURRENTLY ix2 ON users (name);
--# INSIDE a sequence
CREATE SEQUENCE own_seq OWNED BY users.id; ALTER TABLE users ALTER COLUMN id SET DEFAULT nextval('own_seq'::regclass);
--# INSIDE a sequence's value
SELECT nextval('own_seq'), setval('own_seq', 10), pg_catalog.setval('own_seq'::regclass, (SELECT max(u.id) FROM users u));
--# INSIDE a serial's sequence
SELECT setval(pg_get_serial_sequence('users', 'id'), coalesce((SELECT max(id) FROM users), 1));
--# INSIDE a trigger
CREATE OR REPLACE FUNCTION touch() RETURNS trigger AS $$ BEGIN NEW.at = now(); IF NEW.name <> OLD.name AND TG_OP = 'UPDATE' THEN NEW.version := OLD.version + 1; END IF; RETURN NEW; END; $$ LANGUAGE plpgsql; CREATE TRIGGER touch BEFORE UPDATE OF name ON users FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION touch();
--# INSIDE a trigger of the server
CREATE TRIGGER ts BEFORE INSERT ON users FOR EACH ROW EXECUTE PROCEDURE tsvector_update_trigger(tsv, 'pg_catalog.english', name);
--# INSIDE an audit trigger
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $fn$ DECLARE r users%ROWTYPE; n users.name%TYPE; BEGIN INSERT INTO log (id, old, new) VALUES (NEW.id, row_to_json(OLD.*), to_jsonb(NEW)); SELECT u.name INTO n FROM users u WHERE u.id = NEW.id; RAISE NOTICE '% %', NEW.id, n; RETURN NULL; END $fn$;
--# INSIDE a function in SQL
CREATE FUNCTION total(p int) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT sum(i.owner_id) FROM items i WHERE i.owner_id = $1 $$;
--# INSIDE a function with a standard body
CREATE FUNCTION one(a int) RETURNS int LANGUAGE sql RETURN a + 1;
--# INSIDE a loop
DO $$ DECLARE r record; n int := 0; BEGIN FOR r IN SELECT u.id, u.name FROM users u LOOP UPDATE items SET role = r.name WHERE owner_id = r.id; n := n + 1; END LOOP; RAISE NOTICE 'changed % rows', n; END $$;
--# INSIDE a range
DO $$ BEGIN FOR i IN 1..10 LOOP INSERT INTO users (id) VALUES (i); END LOOP; END $$;
--# INSIDE a fixed text
DO $$ BEGIN EXECUTE 'CREATE INDEX ix3 ON users (name)'; END $$;
--# INSIDE formatted names
DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['users', 'items'] LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS note text DEFAULT %L', t, 'x'); END LOOP; END $$;
--# DYNAMIC names that are put together
DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['users', 'items'] LOOP EXECUTE 'ALTER TABLE ' || t || ' ADD COLUMN note text'; END LOOP; END $$;
--# DYNAMIC a computed value
DO $$ DECLARE m int; BEGIN SELECT max(id) + 1 INTO m FROM users; EXECUTE 'ALTER SEQUENCE own_seq RESTART WITH ' || m; END $$;
--# DATABASE tables of a catalog
DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP EXECUTE 'DROP TABLE IF EXISTS ' || quote_ident(r.tablename) || ' CASCADE'; END LOOP; END $$;
--# DATABASE statements made by a query of a catalog
DO $$ DECLARE r record; BEGIN FOR r IN (SELECT format('DROP VIEW %I', viewname) AS s FROM pg_views) LOOP NULL; END LOOP; END $$;
--# DATABASE settings of this database
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone TO ''UTC''', current_database()); END $$;
--# INSIDE rights
GRANT SELECT, INSERT, UPDATE ON users, items TO public; REVOKE ALL ON FUNCTION total(int) FROM public;
--# INSIDE comments
COMMENT ON COLUMN users.name IS 'the name'; COMMENT ON TABLE users IS 'people';
--# INSIDE foreign keys
ALTER TABLE items ADD CONSTRAINT fk FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE ON UPDATE NO ACTION DEFERRABLE;
--# INSIDE a changed type
ALTER TABLE users ALTER COLUMN name TYPE text USING users.name::text, ALTER COLUMN at TYPE timestamptz USING at AT TIME ZONE 'UTC';
--# INSIDE partitions
CREATE TABLE p (d date) PARTITION BY RANGE (d); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01'); ALTER TABLE p DETACH PARTITION p1;
--# INSIDE row security
ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY mine ON users FOR SELECT USING (users.name = current_user AND EXISTS (SELECT 1 FROM items i WHERE i.owner_id = users.id));
--# INSIDE a transaction and settings
BEGIN; SET LOCAL lock_timeout = '5s'; SET standard_conforming_strings = on; LOCK TABLE users IN EXCLUSIVE MODE; COMMIT;
--# INSIDE data
COPY users (id, name) FROM stdin;
4	x.y
\.
--# INSIDE a rule
CREATE RULE r AS ON DELETE TO users DO INSTEAD UPDATE users SET name = NULL WHERE users.id = OLD.id;
--# INSIDE a domain
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
--# INSIDE JSON and arrays
UPDATE users SET data = jsonb_set(data, '{a.b}', to_jsonb(users.name)), tags = ARRAY[users.name, 'b'] || tags[1:2] WHERE data->>'billing.inv' = 'x' AND data @> '{"a": 1}'::jsonb;
--# INSIDE an extension's index
CREATE INDEX trgm ON users USING gin (name gin_trgm_ops);
--# DATABASE an extension
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
--# DATABASE a schema of its own
CREATE SCHEMA app; CREATE TABLE app.t (id int); INSERT INTO app.t VALUES (1);
--# DATABASE the head of a dump
SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.t (id integer DEFAULT nextval('public.s'::regclass));
--# INSIDE a case in a body
DO $$ DECLARE x int; BEGIN x := CASE WHEN x > 1 THEN 2 ELSE 3 END; CASE x WHEN 1 THEN PERFORM 1; ELSE NULL; END CASE; WHILE x < 5 LOOP x := x + 1; END LOOP; GET DIAGNOSTICS x = ROW_COUNT; END $$;
--# INSIDE statistics and a vacuum
ANALYZE users; VACUUM (ANALYZE) users; CREATE STATISTICS st ON id, name FROM users;
