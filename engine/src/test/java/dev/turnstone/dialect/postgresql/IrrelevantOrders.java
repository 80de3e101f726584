package dev.turnstone.dialect.postgresql;

import static dev.turnstone.dialect.postgresql.Irrelevant.inDatabase;
import static dev.turnstone.dialect.postgresql.Irrelevant.irrelevant;
import static dev.turnstone.dialect.postgresql.Irrelevant.onServer;

import dev.turnstone.schema.ObjectKind;
import java.util.List;
import java.util.stream.Stream;

/** For each kind of object, two that can be created in either order. */
final class IrrelevantOrders {

    private static final String TABLES =
            "CREATE TABLE t (a integer, b integer); CREATE TABLE u (a integer, b integer);";
    private static final String TRIGGER_FUNCTION =
            "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";
    private static final String WRAPPER = "CREATE FOREIGN DATA WRAPPER w;";
    private static final String SUBSCRIPTION =
            " CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE, streaming = off)";
    private static final String ROLES = "CREATE ROLE r1; CREATE ROLE r2;";
    private static final String AS_SUPERUSER = "SET LOCAL allow_system_table_mods = on;";

    private IrrelevantOrders() {}

    static List<Irrelevant> all() {
        return Stream.of(relations(), constraints(), onRelations(), types(), operators(), database(), server())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Irrelevant> relations() {
        return List.of(
                irrelevant(ObjectKind.TABLE, "", "CREATE TABLE t (a integer)", "CREATE TABLE u (a integer)"),
                irrelevant(ObjectKind.COLUMN, TABLES, "ALTER TABLE t ADD c date", "ALTER TABLE u ADD c date"),
                irrelevant(
                        ObjectKind.DEFAULT,
                        TABLES,
                        "ALTER TABLE t ALTER a SET DEFAULT 1",
                        "ALTER TABLE t ALTER b SET DEFAULT 2"),
                irrelevant(ObjectKind.SEQUENCE, "", "CREATE SEQUENCE s", "CREATE SEQUENCE q"),
                irrelevant(ObjectKind.INDEX, TABLES, "CREATE INDEX i ON t (a)", "CREATE INDEX j ON t (a)"),
                irrelevant(
                        ObjectKind.STATISTICS,
                        TABLES,
                        "CREATE STATISTICS s ON a, b FROM t",
                        "CREATE STATISTICS q ON b, a FROM t"),
                irrelevant(
                        ObjectKind.VIEW,
                        TABLES,
                        "CREATE VIEW v AS SELECT a FROM t",
                        "CREATE VIEW w AS SELECT b FROM t"),
                irrelevant(
                        ObjectKind.MATERIALIZED_VIEW,
                        TABLES,
                        "CREATE MATERIALIZED VIEW v AS SELECT a FROM t",
                        "CREATE MATERIALIZED VIEW w AS SELECT b FROM t"));
    }

    private static List<Irrelevant> constraints() {
        return List.of(
                irrelevant(
                        ObjectKind.PRIMARY_KEY,
                        TABLES,
                        "ALTER TABLE t ADD PRIMARY KEY (a)",
                        "ALTER TABLE u ADD PRIMARY KEY (a)"),
                irrelevant(
                        ObjectKind.UNIQUE,
                        TABLES,
                        "ALTER TABLE t ADD CONSTRAINT k UNIQUE (a)",
                        "ALTER TABLE t ADD CONSTRAINT l UNIQUE (b)"),
                irrelevant(
                        ObjectKind.CHECK,
                        TABLES,
                        "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)",
                        "ALTER TABLE t ADD CONSTRAINT l CHECK (b > 0)"),
                irrelevant(
                        ObjectKind.EXCLUSION,
                        TABLES,
                        "ALTER TABLE t ADD CONSTRAINT k EXCLUDE (a WITH =)",
                        "ALTER TABLE t ADD CONSTRAINT l EXCLUDE (b WITH =)"),
                irrelevant(
                        ObjectKind.FOREIGN_KEY,
                        TABLES + "ALTER TABLE u ADD PRIMARY KEY (a);",
                        "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u",
                        "ALTER TABLE t ADD CONSTRAINT l FOREIGN KEY (b) REFERENCES u"));
    }

    private static List<Irrelevant> onRelations() {
        return List.of(
                irrelevant(
                        ObjectKind.TRIGGER,
                        TABLES + TRIGGER_FUNCTION,
                        "CREATE TRIGGER r AFTER INSERT ON t EXECUTE FUNCTION g()",
                        "CREATE TRIGGER s AFTER INSERT ON t EXECUTE FUNCTION g()"),
                irrelevant(
                        ObjectKind.RULE,
                        TABLES,
                        "CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING",
                        "CREATE RULE s AS ON DELETE TO t DO ALSO NOTHING"),
                irrelevant(
                        ObjectKind.POLICY,
                        TABLES,
                        "CREATE POLICY p ON t USING (a > 0)",
                        "CREATE POLICY q ON t USING (b > 0)"),
                irrelevant(ObjectKind.COMMENT, TABLES, "COMMENT ON COLUMN t.a IS 'x'", "COMMENT ON TABLE t IS 'y'"),
                irrelevant(
                        ObjectKind.GRANT,
                        TABLES,
                        "GRANT SELECT ON t TO pg_monitor",
                        "GRANT SELECT ON t TO pg_signal_backend"),
                irrelevant(
                        ObjectKind.OWNER,
                        TABLES,
                        "ALTER TABLE t OWNER TO pg_monitor",
                        "ALTER TABLE u OWNER TO pg_monitor"));
    }

    private static List<Irrelevant> types() {
        return List.of(
                irrelevant(ObjectKind.ENUM, "", "CREATE TYPE e AS ENUM ('a')", "CREATE TYPE f AS ENUM ('b')"),
                irrelevant(ObjectKind.DOMAIN, "", "CREATE DOMAIN d AS integer", "CREATE DOMAIN e AS text"),
                irrelevant(
                        ObjectKind.TYPE, "", "CREATE TYPE c AS (a integer)", "CREATE TYPE r AS RANGE (subtype = date)"),
                irrelevant(
                        ObjectKind.FUNCTION,
                        "",
                        "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                        "CREATE FUNCTION f(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1'"),
                irrelevant(
                        ObjectKind.PROCEDURE,
                        "",
                        "CREATE PROCEDURE p(a integer) LANGUAGE sql AS 'SELECT 1'",
                        "CREATE PROCEDURE p(a text) LANGUAGE sql AS 'SELECT 1'"),
                irrelevant(
                        ObjectKind.AGGREGATE,
                        "",
                        "CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer)",
                        "CREATE AGGREGATE s (bigint) (SFUNC = int8pl, STYPE = bigint)"));
    }

    private static List<Irrelevant> operators() {
        return List.of(
                irrelevant(
                        ObjectKind.OPERATOR,
                        "",
                        "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)",
                        "CREATE OPERATOR === (FUNCTION = int8eq, LEFTARG = bigint, RIGHTARG = bigint)"),
                irrelevant(
                        ObjectKind.OPERATOR_CLASS,
                        "",
                        "CREATE OPERATOR CLASS k FOR TYPE integer USING hash AS OPERATOR 1 =",
                        "CREATE OPERATOR CLASS l FOR TYPE integer USING hash AS OPERATOR 1 ="),
                irrelevant(
                        ObjectKind.OPERATOR_FAMILY,
                        "CREATE OPERATOR FAMILY k USING btree",
                        "ALTER OPERATOR FAMILY k USING btree ADD FUNCTION 1 (integer, bigint) btint48cmp (integer, bigint)",
                        "ALTER OPERATOR FAMILY k USING btree ADD FUNCTION 1 (bigint, integer) btint84cmp (bigint, integer)"),
                irrelevant(
                        ObjectKind.CAST,
                        "CREATE TYPE c AS (a integer); CREATE TYPE d AS (a integer)",
                        "CREATE CAST (c AS text) WITH INOUT",
                        "CREATE CAST (d AS text) WITH INOUT"),
                irrelevant(
                        ObjectKind.COLLATION,
                        "",
                        "CREATE COLLATION c (provider = libc, locale = 'C')",
                        "CREATE COLLATION d (provider = libc, locale = 'C')"),
                irrelevant(
                        ObjectKind.CONVERSION,
                        "",
                        "CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
                        "CREATE CONVERSION d FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8"),
                irrelevant(
                        ObjectKind.TEXT_SEARCH_CONFIGURATION,
                        "CREATE TEXT SEARCH CONFIGURATION c (PARSER = default)",
                        "ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH simple",
                        "ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR email WITH simple"),
                irrelevant(
                        ObjectKind.TEXT_SEARCH_DICTIONARY,
                        "",
                        "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)",
                        "CREATE TEXT SEARCH DICTIONARY e (TEMPLATE = simple)"),
                irrelevant(
                        ObjectKind.TEXT_SEARCH_PARSER,
                        "",
                        "CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)",
                        "CREATE TEXT SEARCH PARSER q (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)"),
                irrelevant(
                        ObjectKind.TEXT_SEARCH_TEMPLATE,
                        "",
                        "CREATE TEXT SEARCH TEMPLATE m (LEXIZE = dsimple_lexize)",
                        "CREATE TEXT SEARCH TEMPLATE n (LEXIZE = dsimple_lexize)"));
    }

    private static List<Irrelevant> database() {
        String event = "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';";
        return List.of(
                inDatabase(ObjectKind.SCHEMA, "", "CREATE SCHEMA s", "CREATE SCHEMA q"),
                inDatabase(
                        ObjectKind.PUBLICATION,
                        TABLES + "CREATE PUBLICATION p;",
                        "ALTER PUBLICATION p ADD TABLE t",
                        "ALTER PUBLICATION p ADD TABLE u"),
                inDatabase(
                                ObjectKind.PUBLICATION,
                                "CREATE SCHEMA s; CREATE PUBLICATION p;",
                                "ALTER PUBLICATION p ADD TABLES IN SCHEMA s",
                                "ALTER PUBLICATION p ADD TABLES IN SCHEMA {schema}")
                        .since(15),
                inDatabase(
                        ObjectKind.SUBSCRIPTION,
                        "",
                        "CREATE SUBSCRIPTION s" + SUBSCRIPTION,
                        "CREATE SUBSCRIPTION q" + SUBSCRIPTION),
                inDatabase(
                        ObjectKind.EVENT_TRIGGER,
                        event,
                        "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
                        "CREATE EVENT TRIGGER d ON ddl_command_end EXECUTE FUNCTION f()"),
                inDatabase(
                        ObjectKind.FOREIGN_DATA_WRAPPER,
                        "",
                        "CREATE FOREIGN DATA WRAPPER w",
                        "CREATE FOREIGN DATA WRAPPER v"),
                inDatabase(
                        ObjectKind.FOREIGN_SERVER,
                        WRAPPER,
                        "CREATE SERVER s FOREIGN DATA WRAPPER w",
                        "CREATE SERVER q FOREIGN DATA WRAPPER w"),
                inDatabase(
                        ObjectKind.FOREIGN_SERVER,
                        WRAPPER + ROLES + "CREATE SERVER s FOREIGN DATA WRAPPER w",
                        "CREATE USER MAPPING FOR r1 SERVER s; ALTER SERVER s OPTIONS (a 'b')",
                        "CREATE USER MAPPING FOR r2 SERVER s; ALTER SERVER s OPTIONS (c 'd')"),
                inDatabase(
                        ObjectKind.LANGUAGE,
                        "",
                        "CREATE LANGUAGE l HANDLER plpgsql_call_handler",
                        "CREATE LANGUAGE m HANDLER plpgsql_call_handler"),
                inDatabase(
                        ObjectKind.TRANSFORM,
                        "",
                        "CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))",
                        "CREATE TRANSFORM FOR bigint LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))"),
                inDatabase(
                        ObjectKind.ACCESS_METHOD,
                        "",
                        "CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler",
                        "CREATE ACCESS METHOD n TYPE INDEX HANDLER bthandler"),
                inDatabase(ObjectKind.EXTENSION, AS_SUPERUSER, extension(99998, "one"), extension(99999, "other")),
                inDatabase(
                        ObjectKind.SECURITY_LABEL,
                        AS_SUPERUSER + TABLES,
                        "INSERT INTO pg_seclabel VALUES ('t'::regclass, 'pg_class'::regclass, 0, 'guard', 'secret')",
                        "INSERT INTO pg_seclabel VALUES ('u'::regclass, 'pg_class'::regclass, 0, 'guard', 'secret')"),
                inDatabase(
                        ObjectKind.GRANT,
                        ROLES,
                        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r1",
                        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r2"));
    }

    private static String extension(int number, String name) {
        return "INSERT INTO pg_extension SELECT " + number + ", '" + name
                + "', datdba, 'public'::regnamespace, true, '1.0' FROM pg_database WHERE datname = current_database()";
    }

    private static List<Irrelevant> server() {
        return List.of(
                onServer(ObjectKind.ROLE, "", "CREATE ROLE r1", "CREATE ROLE r2"),
                onServer(ObjectKind.ROLE, ROLES + "CREATE ROLE planted;", "GRANT r1 TO planted", "GRANT r2 TO planted"),
                onServer(
                        ObjectKind.ROLE,
                        "CREATE ROLE planted",
                        "ALTER ROLE planted SET work_mem = '8MB'; ALTER ROLE planted IN DATABASE {database} SET jit = off",
                        "ALTER ROLE planted SET jit = on; ALTER ROLE planted IN DATABASE {database} SET work_mem = '9MB'"),
                onServer(ObjectKind.ROLE, "", "ALTER ROLE ALL SET work_mem = '8MB'", "ALTER ROLE ALL SET jit = off"),
                onServer(
                        ObjectKind.DATABASE,
                        "",
                        "ALTER DATABASE {database} SET work_mem = '8MB'",
                        "ALTER DATABASE {database} SET jit = off"),
                onServer(
                        ObjectKind.GRANT,
                        ROLES,
                        "GRANT CREATE ON DATABASE {database} TO r1",
                        "GRANT CREATE ON DATABASE {database} TO r2"),
                onServer(
                                ObjectKind.GRANT,
                                ROLES,
                                "GRANT SET ON PARAMETER work_mem TO r1",
                                "GRANT SET ON PARAMETER work_mem TO r2")
                        .since(15),
                onServer(
                                ObjectKind.TABLESPACE,
                                "",
                                "ALTER TABLESPACE {tablespace} SET (seq_page_cost = 3)",
                                "ALTER TABLESPACE {tablespace} SET (random_page_cost = 5)")
                        .since(15));
    }
}
