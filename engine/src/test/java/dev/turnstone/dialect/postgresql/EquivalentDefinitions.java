package dev.turnstone.dialect.postgresql;

import static dev.turnstone.dialect.postgresql.Irrelevant.inDatabase;
import static dev.turnstone.dialect.postgresql.Irrelevant.irrelevant;
import static dev.turnstone.dialect.postgresql.Irrelevant.onServer;

import dev.turnstone.schema.ObjectKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** For each kind of object, one with explicit defaults or an equivalent expression. */
final class EquivalentDefinitions {

    private static final String TABLE = "CREATE TABLE t (a integer, b varchar(9));";
    private static final String KEY = "CREATE TABLE u (a integer PRIMARY KEY);";
    private static final String TRIGGER_FUNCTION =
            "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";

    private EquivalentDefinitions() {}

    /** Kinds whose DDL has no optional clause and no expression. */
    static Map<ObjectKind, String> without() {
        Map<ObjectKind, String> reasons = new EnumMap<>(ObjectKind.class);
        reasons.put(ObjectKind.ENUM, "its values are its only attribute");
        reasons.put(ObjectKind.OWNER, "a name");
        reasons.put(ObjectKind.SECURITY_LABEL, "a name and a text");
        reasons.put(ObjectKind.TABLESPACE, "an option that is set is kept as it was written");
        reasons.put(ObjectKind.TEXT_SEARCH_TEMPLATE, "names of functions");
        reasons.put(ObjectKind.ACCESS_METHOD, "its type and handler are required");
        reasons.put(ObjectKind.TRANSFORM, "names of functions");
        return reasons;
    }

    static List<Irrelevant> all() {
        return Stream.of(relations(), onRelations(), types(), operators(), beyond())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Irrelevant> relations() {
        return List.of(
                irrelevant(
                        ObjectKind.TABLE,
                        "",
                        "CREATE TABLE t (a int4)",
                        "CREATE TABLE t (a integer) USING heap TABLESPACE pg_default"),
                irrelevant(
                        ObjectKind.COLUMN,
                        TABLE,
                        "ALTER TABLE t ADD c varchar(3) NOT NULL",
                        "ALTER TABLE t ADD c character varying(3) COLLATE \"default\" NOT NULL DEFAULT NULL; ALTER TABLE t ALTER c SET STORAGE EXTENDED"),
                irrelevant(
                        ObjectKind.DEFAULT,
                        TABLE,
                        "ALTER TABLE t ALTER b SET DEFAULT 'x'",
                        "ALTER TABLE t ALTER b SET DEFAULT 'x'::character varying"),
                irrelevant(
                        ObjectKind.SEQUENCE,
                        "",
                        "CREATE SEQUENCE s",
                        "CREATE SEQUENCE s AS bigint INCREMENT 1 MINVALUE 1 NO MAXVALUE START 1 CACHE 1 NO CYCLE OWNED BY NONE"),
                irrelevant(
                        ObjectKind.INDEX,
                        TABLE,
                        "CREATE INDEX i ON t (a)",
                        "CREATE INDEX i ON t USING btree (a int4_ops ASC NULLS LAST) TABLESPACE pg_default"),
                irrelevant(
                        ObjectKind.STATISTICS,
                        TABLE,
                        "CREATE STATISTICS s ON a, b FROM t",
                        "CREATE STATISTICS s (mcv, dependencies, ndistinct) ON b, a FROM t"),
                irrelevant(
                        ObjectKind.VIEW,
                        TABLE,
                        "CREATE VIEW v AS SELECT a FROM t WHERE b = 'x'",
                        "CREATE VIEW v (a) AS select t.a as a from t where ((t.b)::text = 'x'::text)"),
                irrelevant(
                        ObjectKind.MATERIALIZED_VIEW,
                        TABLE,
                        "CREATE MATERIALIZED VIEW v AS SELECT a FROM t",
                        "CREATE MATERIALIZED VIEW v (a) USING heap AS select t.a from t WITH DATA"),
                irrelevant(
                        ObjectKind.PRIMARY_KEY,
                        "CREATE TABLE t (a integer)",
                        "ALTER TABLE t ADD PRIMARY KEY (a)",
                        "ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (a) NOT DEFERRABLE INITIALLY IMMEDIATE"),
                irrelevant(
                                ObjectKind.UNIQUE,
                                TABLE,
                                "ALTER TABLE t ADD UNIQUE (a)",
                                "ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE NULLS DISTINCT (a) NOT DEFERRABLE")
                        .since(15),
                irrelevant(
                        ObjectKind.CHECK,
                        TABLE,
                        "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0 AND b = 'x')",
                        "ALTER TABLE t ADD CONSTRAINT k CHECK (((a) > 0) and ((b)::text = 'x'::text))"),
                irrelevant(
                        ObjectKind.EXCLUSION,
                        "CREATE TABLE t (a int4range)",
                        "ALTER TABLE t ADD CONSTRAINT k EXCLUDE USING gist (a WITH &&)",
                        "ALTER TABLE t ADD CONSTRAINT k EXCLUDE USING gist (a range_ops WITH OPERATOR(pg_catalog.&&)) NOT DEFERRABLE"),
                irrelevant(
                        ObjectKind.FOREIGN_KEY,
                        TABLE + KEY,
                        "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u",
                        "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u (a) MATCH SIMPLE ON UPDATE NO ACTION ON DELETE NO ACTION"));
    }

    private static List<Irrelevant> onRelations() {
        return List.of(
                irrelevant(
                        ObjectKind.TRIGGER,
                        TABLE + TRIGGER_FUNCTION,
                        "CREATE TRIGGER r AFTER INSERT ON t EXECUTE FUNCTION g()",
                        "CREATE TRIGGER r AFTER INSERT ON t FOR EACH STATEMENT EXECUTE PROCEDURE g(); ALTER TABLE t ENABLE TRIGGER r"),
                irrelevant(
                        ObjectKind.RULE,
                        TABLE,
                        "CREATE RULE r AS ON DELETE TO t WHERE old.a > 0 DO NOTHING",
                        "CREATE RULE r AS ON DELETE TO t WHERE (old . a > 0) DO ALSO NOTHING"),
                irrelevant(
                        ObjectKind.POLICY,
                        TABLE,
                        "CREATE POLICY p ON t USING (a > 0)",
                        "CREATE POLICY p ON t AS PERMISSIVE FOR ALL TO PUBLIC USING (((a) > (0)))"),
                irrelevant(
                        ObjectKind.COMMENT,
                        TABLE,
                        "COMMENT ON TABLE t IS 'it''s'",
                        "COMMENT ON COLUMN t.a IS NULL; COMMENT ON TABLE t IS E'it\\'s'"),
                irrelevant(
                        ObjectKind.GRANT,
                        TABLE,
                        "GRANT SELECT, INSERT ON t TO pg_monitor",
                        "GRANT INSERT ON TABLE t TO pg_monitor; GRANT ALL ON t TO CURRENT_USER; GRANT SELECT ON t TO pg_monitor"));
    }

    private static List<Irrelevant> types() {
        return List.of(
                irrelevant(
                        ObjectKind.DOMAIN,
                        "",
                        "CREATE DOMAIN d AS varchar(9) DEFAULT 'x'",
                        "CREATE DOMAIN d AS character varying(9) COLLATE \"default\" DEFAULT 'x'::varchar NULL"),
                irrelevant(
                        ObjectKind.TYPE,
                        "",
                        "CREATE TYPE c AS (a int4, b text)",
                        "CREATE TYPE c AS (a integer, b text COLLATE \"default\")"),
                irrelevant(
                        ObjectKind.FUNCTION,
                        "",
                        "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                        "CREATE FUNCTION f(IN a integer) RETURNS integer AS $$SELECT 1$$ LANGUAGE 'sql' VOLATILE CALLED ON NULL INPUT SECURITY INVOKER NOT LEAKPROOF PARALLEL UNSAFE COST 100"),
                irrelevant(
                        ObjectKind.PROCEDURE,
                        "",
                        "CREATE PROCEDURE p(a int) LANGUAGE sql AS 'SELECT 1'",
                        "CREATE PROCEDURE p(IN a integer) AS $$SELECT 1$$ LANGUAGE sql SECURITY INVOKER"),
                irrelevant(
                        ObjectKind.AGGREGATE,
                        "",
                        "CREATE AGGREGATE s (int) (SFUNC = int4pl, STYPE = int)",
                        "CREATE AGGREGATE s (integer) (STYPE = integer, SFUNC = int4pl, SSPACE = 0, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = UNSAFE)"));
    }

    private static List<Irrelevant> operators() {
        return List.of(
                irrelevant(
                        ObjectKind.OPERATOR,
                        "",
                        "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int)",
                        "CREATE OPERATOR === (RIGHTARG = integer, LEFTARG = integer, PROCEDURE = pg_catalog.int4eq)"),
                irrelevant(
                        ObjectKind.OPERATOR_CLASS,
                        "",
                        "CREATE OPERATOR CLASS k FOR TYPE int USING hash AS OPERATOR 1 =",
                        "CREATE OPERATOR FAMILY k USING hash; CREATE OPERATOR CLASS k FOR TYPE integer USING hash FAMILY k AS OPERATOR 1 = (integer, integer) FOR SEARCH"),
                irrelevant(
                        ObjectKind.OPERATOR_FAMILY,
                        "CREATE OPERATOR FAMILY k USING btree",
                        "ALTER OPERATOR FAMILY k USING btree ADD FUNCTION 1 btint48cmp (int, bigint)",
                        "ALTER OPERATOR FAMILY k USING btree ADD FUNCTION 1 (int4, int8) btint48cmp (integer, bigint)"),
                irrelevant(
                        ObjectKind.CAST,
                        "CREATE TYPE c AS (a integer); CREATE FUNCTION f(c) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                        "CREATE CAST (c AS int) WITH FUNCTION f",
                        "CREATE CAST (c AS integer) WITH FUNCTION f (c)"),
                irrelevant(
                        ObjectKind.COLLATION,
                        "",
                        "CREATE COLLATION c (locale = 'C')",
                        "CREATE COLLATION c (lc_collate = 'C', lc_ctype = 'C', provider = libc, deterministic = true)"),
                irrelevant(
                        ObjectKind.CONVERSION,
                        "",
                        "CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
                        "CREATE CONVERSION c FOR 'iso88591' TO 'utf-8' FROM pg_catalog.iso8859_1_to_utf8"),
                irrelevant(
                        ObjectKind.TEXT_SEARCH_CONFIGURATION,
                        "",
                        "CREATE TEXT SEARCH CONFIGURATION c (PARSER = default)",
                        "CREATE TEXT SEARCH CONFIGURATION c (parser = pg_catalog.\"default\")"),
                irrelevant(
                        ObjectKind.TEXT_SEARCH_DICTIONARY,
                        "",
                        "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, Accept = true)",
                        "CREATE TEXT SEARCH DICTIONARY d (accept = 'true', TEMPLATE = pg_catalog.simple)"),
                irrelevant(
                        ObjectKind.TEXT_SEARCH_PARSER,
                        "",
                        "CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)",
                        "CREATE TEXT SEARCH PARSER p (LEXTYPES = pg_catalog.prsd_lextype, END = prsd_end, GETTOKEN = prsd_nexttoken, START = prsd_start)"));
    }

    private static List<Irrelevant> beyond() {
        String event = "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';";
        String subscription = "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false,"
                + " slot_name = NONE, streaming = off";
        return List.of(
                inDatabase(ObjectKind.SCHEMA, "", "CREATE SCHEMA s", "CREATE SCHEMA s AUTHORIZATION CURRENT_USER"),
                inDatabase(
                        ObjectKind.GRANT,
                        "",
                        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
                        "ALTER DEFAULT PRIVILEGES FOR ROLE CURRENT_USER GRANT SELECT ON TABLES TO PUBLIC; GRANT EXECUTE ON FUNCTION pg_catalog.pg_sleep TO PUBLIC; GRANT USAGE ON SCHEMA {schema} TO pg_monitor; REVOKE USAGE ON SCHEMA {schema} FROM pg_monitor"),
                inDatabase(
                        ObjectKind.PUBLICATION,
                        TABLE,
                        "CREATE PUBLICATION p FOR TABLE t",
                        "CREATE PUBLICATION p FOR TABLE ONLY t WITH (publish = 'truncate, delete, update, insert', publish_via_partition_root = false)"),
                inDatabase(
                        ObjectKind.SUBSCRIPTION,
                        "",
                        subscription + ")",
                        subscription + ", enabled = false, synchronous_commit = off, binary = false)"),
                inDatabase(
                        ObjectKind.EVENT_TRIGGER,
                        event,
                        "CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION f()",
                        "CREATE EVENT TRIGGER e ON ddl_command_end WHEN tag IN ('alter table', 'create table') EXECUTE PROCEDURE f(); ALTER EVENT TRIGGER e ENABLE"),
                inDatabase(
                        ObjectKind.FOREIGN_DATA_WRAPPER,
                        "",
                        "CREATE FOREIGN DATA WRAPPER w",
                        "CREATE FOREIGN DATA WRAPPER w NO HANDLER NO VALIDATOR"),
                inDatabase(
                        ObjectKind.FOREIGN_SERVER,
                        "CREATE FOREIGN DATA WRAPPER w",
                        "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (a 'b', c 'd')",
                        "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (c 'd', a 'b')"),
                inDatabase(
                        ObjectKind.LANGUAGE,
                        "",
                        "CREATE LANGUAGE l HANDLER plpgsql_call_handler",
                        "CREATE PROCEDURAL LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler"),
                inDatabase(
                        ObjectKind.EXTENSION,
                        "",
                        "SELECT 1",
                        "CREATE EXTENSION IF NOT EXISTS plpgsql SCHEMA pg_catalog"),
                onServer(
                        ObjectKind.ROLE,
                        "",
                        "CREATE ROLE planted",
                        "CREATE ROLE planted NOSUPERUSER INHERIT NOCREATEROLE NOCREATEDB NOLOGIN NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1"),
                onServer(
                        ObjectKind.DATABASE,
                        "",
                        "ALTER DATABASE {database} SET work_mem = '8MB'",
                        "ALTER DATABASE {database} SET work_mem TO '8MB'; ALTER DATABASE {database} CONNECTION LIMIT -1; ALTER DATABASE {database} IS_TEMPLATE false; ALTER DATABASE {database} SET jit = on; ALTER DATABASE {database} RESET jit"));
    }
}
