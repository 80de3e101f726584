package dev.turnstone.dialect.postgresql;

import java.util.List;
import java.util.stream.Stream;

/** Differences in the objects of a whole database. */
final class PlantedInDatabase {

    private static final String FUNCTION = "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';";
    private static final String TABLE = "CREATE TABLE t (a int PRIMARY KEY, b int);";

    private static final String TAKER = "CREATE ROLE taker; GRANT CREATE ON DATABASE {database} TO taker;";
    private static final String SUBSCRIPTION =
            "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE, streaming = off);";

    private PlantedInDatabase() {}

    private static Planted change(int since, String before, String change, String expected) {
        return new Planted(Planted.Where.DATABASE, since, change, before, change, expected);
    }

    static List<Planted> all() {
        return Stream.of(schemas(), publications(), foreignData(), languages(), extensions(), labels(), catalog())
                .flatMap(List::stream)
                .toList();
    }

    private static Planted owner(String kind, String before, String alter, String name) {
        return change(
                12, TAKER + before, alter + " OWNER TO taker", "+ owner " + name + " (on " + kind + ", role taker)");
    }

    private static List<Planted> schemas() {
        return List.of(
                change(12, "", "CREATE SCHEMA s", "+ schema s"),
                change(12, "CREATE SCHEMA s", "CREATE TABLE s.t (a int)", "+ table s.t"),
                change(
                        12,
                        "CREATE SCHEMA s; CREATE TABLE s.t (a int)",
                        "ALTER TABLE s.t ADD b int",
                        "+ column s.t.b (nullable yes, type integer)"),
                change(
                        12,
                        "CREATE SCHEMA s; CREATE TABLE s.t (a int PRIMARY KEY); CREATE TABLE t (a int)",
                        "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES s.t",
                        "+ foreign-key t.k (columns a, references s.t (a))"),
                change(12, "CREATE SCHEMA s", "COMMENT ON SCHEMA s IS 'hello'", "+ comment s (on schema, text hello)"),
                change(
                        12,
                        "CREATE SCHEMA s",
                        "GRANT USAGE ON SCHEMA s TO PUBLIC",
                        "+ grant s (on schema, public usage)"),
                change(
                        12,
                        "CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ('a')",
                        "ALTER TYPE s.e ADD VALUE 'b'",
                        "~ enum s.e: values 'a', 'b', before 'a'"),
                change(
                        12,
                        FUNCTION,
                        "CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION f()",
                        "+ event-trigger e (event ddl_command_end, function f, tags CREATE TABLE)"),
                change(
                        12,
                        FUNCTION + "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
                        "ALTER EVENT TRIGGER e DISABLE",
                        "~ event-trigger e: state disabled, before none"),
                owner(
                        "event-trigger",
                        "ALTER ROLE taker SUPERUSER;" + FUNCTION
                                + "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
                        "ALTER EVENT TRIGGER e",
                        "e"),
                owner("schema", "CREATE SCHEMA s", "ALTER SCHEMA s", "s"),
                change(
                        12,
                        "CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler",
                        "DROP ACCESS METHOD m; CREATE ACCESS METHOD m TYPE INDEX HANDLER bthandler",
                        "~ access-method m: handler bthandler, before heap_tableam_handler; type index, before table"),
                change(
                        15,
                        "CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE t (a int)",
                        "ALTER TABLE t SET ACCESS METHOD m",
                        "~ table t: access method m, before none"));
    }

    private static List<Planted> publications() {
        return List.of(
                change(
                        12,
                        TABLE,
                        "CREATE PUBLICATION p FOR TABLE t WITH (publish = 'insert')",
                        "+ publication p (operations insert, tables t)"),
                change(
                        15,
                        TABLE + "CREATE PUBLICATION p FOR TABLE t",
                        "ALTER PUBLICATION p SET TABLE t (a) WHERE (a > 1)",
                        "~ publication p: tables t (a) where (a > 1), before t"),
                change(
                        15,
                        TABLE,
                        "CREATE PUBLICATION p FOR TABLES IN SCHEMA {schema}",
                        "+ publication p (schemas $schema)"),
                change(
                        12,
                        TABLE + "CREATE PUBLICATION p FOR TABLE t",
                        "GRANT CREATE ON DATABASE {database} TO pg_monitor; ALTER PUBLICATION p OWNER TO pg_monitor",
                        "+ owner p (on publication, role pg_monitor)"),
                change(
                        12,
                        TABLE + "CREATE PUBLICATION p FOR TABLE t",
                        "ALTER PUBLICATION p SET (publish = 'delete')",
                        "~ publication p: operations delete, before none"),
                change(
                        12,
                        TABLE + "CREATE PUBLICATION p FOR TABLE t",
                        "ALTER PUBLICATION p SET (publish = 'insert, update')",
                        "~ publication p: operations insert, update, before none"),
                change(12, "", "CREATE PUBLICATION p FOR ALL TABLES", "+ publication p (tables all)"),
                change(
                        13,
                        "CREATE PUBLICATION p",
                        "ALTER PUBLICATION p SET (publish_via_partition_root = true)",
                        "~ publication p: via root yes, before none"),
                change(
                        18,
                        "CREATE PUBLICATION p",
                        "ALTER PUBLICATION p SET (publish_generated_columns = stored)",
                        "~ publication p: generated columns s, before none"),
                change(
                        12,
                        "CREATE PUBLICATION p",
                        "COMMENT ON PUBLICATION p IS 'hello'",
                        "+ comment p (on publication, text hello)"),
                change(
                        12,
                        "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p, q WITH (connect = false, slot_name = NONE, streaming = off)",
                        "DROP SUBSCRIPTION s",
                        "- subscription s (enabled no, publications p, q, slot none)"),
                subscription(12, "SET (slot_name = 'other')", "slot other, before none"),
                subscription(12, "SET (synchronous_commit = on)", "synchronous commit on, before none"),
                subscription(14, "SET (binary = true)", "binary yes, before none"),
                subscription(14, "SET (streaming = on)", "streaming on, before none"),
                subscription(15, "SET (disable_on_error = true)", "disable on error yes, before none"),
                subscription(16, "SET (password_required = false)", "password required no, before none"),
                subscription(16, "SET (run_as_owner = true)", "run as owner yes, before none"),
                subscription(16, "SET (origin = none)", "origin none, before none"),
                change(
                        17,
                        "",
                        "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE, failover = true, streaming = off)",
                        "+ subscription s (enabled no, failover yes, publications p, slot none)"),
                subscription(15, "SET PUBLICATION q WITH (refresh = false)", "publications q, before p"),
                change(
                        15,
                        "",
                        "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE, two_phase = true, streaming = off)",
                        "+ subscription s (enabled no, publications p, slot none, two phase yes)"),
                change(
                        12,
                        SUBSCRIPTION + "ALTER SUBSCRIPTION s SET (slot_name = 'x')",
                        "ALTER SUBSCRIPTION s ENABLE",
                        "~ subscription s: enabled gone, before no"),
                owner("subscription", "ALTER ROLE taker SUPERUSER;" + SUBSCRIPTION, "ALTER SUBSCRIPTION s", "s"),
                change(
                        12,
                        SUBSCRIPTION,
                        "COMMENT ON SUBSCRIPTION s IS 'hello'",
                        "+ comment s (on subscription, text hello)"));
    }

    private static Planted subscription(int since, String alter, String expected) {
        return change(since, SUBSCRIPTION, "ALTER SUBSCRIPTION s " + alter, "~ subscription s: " + expected);
    }

    private static List<Planted> foreignData() {
        String server = "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;";
        String handler = "CREATE FUNCTION h() RETURNS fdw_handler LANGUAGE internal AS 'heap_tableam_handler';";
        return List.of(
                change(12, "", "CREATE FOREIGN DATA WRAPPER w", "+ foreign-data-wrapper w"),
                change(
                        12,
                        "CREATE FOREIGN DATA WRAPPER w",
                        "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h')",
                        "+ foreign-server s (options host=h, wrapper w)"),
                change(
                        12,
                        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w",
                        "CREATE FOREIGN TABLE t (a int) SERVER s OPTIONS (x 'y')",
                        "+ table t (foreign options x=y, server s)"),
                change(
                        12,
                        handler + "CREATE FOREIGN DATA WRAPPER w",
                        "ALTER FOREIGN DATA WRAPPER w HANDLER h VALIDATOR postgresql_fdw_validator",
                        "~ foreign-data-wrapper w: handler h, before none; validator postgresql_fdw_validator, before none"),
                change(
                        12,
                        "CREATE FOREIGN DATA WRAPPER w",
                        "ALTER FOREIGN DATA WRAPPER w OPTIONS (a 'b')",
                        "~ foreign-data-wrapper w: options a=b, before none"),
                owner(
                        "foreign-data-wrapper",
                        "ALTER ROLE taker SUPERUSER; CREATE FOREIGN DATA WRAPPER w",
                        "ALTER FOREIGN DATA WRAPPER w",
                        "w"),
                change(
                        12,
                        "CREATE FOREIGN DATA WRAPPER w",
                        "GRANT USAGE ON FOREIGN DATA WRAPPER w TO PUBLIC",
                        "+ grant w (on foreign-data-wrapper, public usage)"),
                change(
                        12,
                        "CREATE FOREIGN DATA WRAPPER w",
                        "COMMENT ON FOREIGN DATA WRAPPER w IS 'hello'",
                        "+ comment w (on foreign-data-wrapper, text hello)"),
                change(
                        12,
                        server,
                        "DROP SERVER s; CREATE SERVER s TYPE 'kind' VERSION '7' FOREIGN DATA WRAPPER w",
                        "~ foreign-server s: type kind, before none; version 7, before none"),
                owner("foreign-server", "ALTER ROLE taker SUPERUSER;" + server, "ALTER SERVER s", "s"),
                change(
                        12,
                        server,
                        "GRANT USAGE ON FOREIGN SERVER s TO PUBLIC",
                        "+ grant s (on foreign-server, public usage)"),
                change(
                        12,
                        server,
                        "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 'secret')",
                        "~ foreign-server s: user mappings public (password), before none"),
                change(
                        12,
                        server + "CREATE FOREIGN TABLE t (a int) SERVER s",
                        "ALTER FOREIGN TABLE t OPTIONS (x 'y')",
                        "~ table t: foreign options x=y, before none"),
                change(
                        12,
                        server + "CREATE FOREIGN TABLE t (a int) SERVER s",
                        "ALTER FOREIGN TABLE t ALTER a OPTIONS (x 'y')",
                        "~ column t.a: foreign options x=y, before none"));
    }

    private static List<Planted> languages() {
        String language = "CREATE LANGUAGE l HANDLER plpgsql_call_handler;";
        return List.of(
                change(12, "", language, "+ language l (handler plpgsql_call_handler, trusted no)"),
                change(
                        12,
                        language,
                        "CREATE OR REPLACE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator",
                        "~ language l: inline plpgsql_inline_handler, before none; trusted gone, before no; validator plpgsql_validator, before none"),
                owner("language", "ALTER ROLE taker SUPERUSER;" + language, "ALTER LANGUAGE l", "l"),
                change(
                        12,
                        "CREATE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler",
                        "REVOKE USAGE ON LANGUAGE l FROM PUBLIC",
                        "+ grant l (on language, revoked from public usage)"),
                change(
                        12,
                        "",
                        "CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))",
                        "+ transform integer for sql (from sql prsd_lextype(internal))"),
                change(
                        12,
                        "CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))",
                        "CREATE OR REPLACE TRANSFORM FOR integer LANGUAGE sql (TO SQL WITH FUNCTION int4recv(internal))",
                        "~ transform integer for sql: from sql gone, before prsd_lextype(internal); to sql int4recv(internal), before none"),
                change(
                        12,
                        "CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal)); CREATE FUNCTION g(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a'",
                        "CREATE OR REPLACE FUNCTION g(a integer) RETURNS integer TRANSFORM FOR TYPE integer LANGUAGE sql AS 'SELECT a'",
                        "~ function g(integer): transform integer, before none"),
                change(
                        12,
                        "",
                        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
                        "+ grant default privileges on tables everywhere (public select)"),
                change(
                        12,
                        "",
                        "CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler",
                        "+ access-method m (handler heap_tableam_handler, type table)"));
    }

    private static Planted extension(String name, String before, String change, String expected) {
        String mods = "SET LOCAL allow_system_table_mods = on; CREATE SCHEMA s; CREATE ROLE taker;";
        return new Planted(Planted.Where.DATABASE, 12, name, mods + before, change, expected);
    }

    /** The available extensions depend on the server, so they are written to the catalog directly. */
    private static List<Planted> extensions() {
        String insert =
                "INSERT INTO pg_extension SELECT 99999, 'planted', datdba, '{schema}'::regnamespace, true, '1.0' FROM pg_database WHERE datname = current_database();";
        return List.of(
                extension("an extension", "", insert, "+ extension planted (version 1.0)"),
                extension(
                        "an extension's version",
                        insert,
                        "UPDATE pg_extension SET extversion = '1.1' WHERE extname = 'planted'",
                        "~ extension planted: version 1.1, before 1.0"),
                extension(
                        "an extension's schema",
                        insert,
                        "UPDATE pg_extension SET extnamespace = 's'::regnamespace WHERE extname = 'planted'",
                        "~ extension planted: schema s, before none"),
                extension(
                        "an extension's owner",
                        insert,
                        "UPDATE pg_extension SET extowner = 'taker'::regrole WHERE extname = 'planted'",
                        "+ owner planted (on extension, role taker)"));
    }

    private static Planted label(String name, String catalog, String number, int column, String expected) {
        return new Planted(
                Planted.Where.DATABASE,
                12,
                "a label of " + name,
                "CREATE SCHEMA s; CREATE TABLE s.u (a int);" + TABLE
                        + "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
                "SET LOCAL allow_system_table_mods = on; INSERT INTO pg_seclabel VALUES (" + number + ", '" + catalog
                        + "'::regclass, " + column + ", 'guard', 'secret')",
                expected);
    }

    /** The server has no provider of security labels, so they are written to the catalog directly. */
    private static List<Planted> labels() {
        return List.of(
                label(
                        "a table",
                        "pg_class",
                        "'t'::regclass",
                        0,
                        "+ security-label t by guard (label secret, on table)"),
                label(
                        "a column of another schema",
                        "pg_class",
                        "'s.u'::regclass",
                        1,
                        "+ security-label s.u.a by guard (label secret, on table column)"),
                label(
                        "a function",
                        "pg_proc",
                        "'f'::regproc",
                        0,
                        "+ security-label f(integer) by guard (label secret, on function)"),
                label(
                        "a schema",
                        "pg_namespace",
                        "'s'::regnamespace",
                        0,
                        "+ security-label s by guard (label secret, on schema)"));
    }

    /** Differences in the initial objects of a database. */
    private static List<Planted> catalog() {
        return List.of(
                change(12, "", "COMMENT ON SCHEMA {schema} IS 'hello'", "+ comment (schema) (on schema, text hello)"),
                change(
                        12,
                        "",
                        "REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(float8) FROM PUBLIC",
                        "+ grant function pg_catalog.pg_sleep(double precision) (revoked from public execute)"),
                change(
                        12,
                        "",
                        "REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC; GRANT SELECT ON pg_catalog.pg_authid TO pg_monitor",
                        """
                        + grant pg_catalog.pg_authid (pg_monitor select)
                        + grant pg_catalog.pg_class (revoked from public select)"""),
                change(
                        12,
                        "",
                        "REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC",
                        "+ grant language plpgsql (revoked from public usage)"),
                change(
                        17,
                        "CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE t (a int) PARTITION BY LIST (a)",
                        "ALTER TABLE t SET ACCESS METHOD m /* of partitions to come */",
                        "~ table t: access method m, before none"));
    }
}
