package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One planted difference for each kind of object and each attribute, and what must be said of it: no more, no less. */
class PlantedDifferencesTests {

    /**
     * @param since the first major version that has it
     * @param before the DDL that both have
     * @param change the planted difference
     * @param expected the whole difference
     */
    record Planted(int since, String name, String before, String change, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String TABLE = "CREATE TABLE t (a integer, b text, c numeric(8, 2));";
    private static final String TWO_TABLES = TABLE + "CREATE TABLE u (id integer PRIMARY KEY, x integer, y integer);";
    private static final String FUNCTION = "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';";
    private static final String TRIGGER_FUNCTION =
            "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';" + TABLE;
    private static final String TRIGGER =
            TRIGGER_FUNCTION + "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();";
    private static final String INDEX = TABLE + "CREATE INDEX i ON t (b);";
    private static final String PARTITIONED = "CREATE TABLE p (a integer, b text) PARTITION BY LIST (a);";

    static Stream<Planted> planted() {
        return Stream.of(
                        tables(),
                        columns(),
                        constraints(),
                        indexes(),
                        views(),
                        types(),
                        routines(),
                        triggers(),
                        access(),
                        rest())
                .flatMap(List::stream);
    }

    private static Planted planted(String name, String before, String change, String expected) {
        return new Planted(12, name, before, change, expected);
    }

    private static Planted since(int version, String name, String before, String change, String expected) {
        return new Planted(version, name, before, change, expected);
    }

    private static List<Planted> tables() {
        return List.of(
                planted("a table", "", TABLE, "+ table t"),
                planted("a table less", TABLE, "DROP TABLE t", "- table t"),
                planted("unlogged", TABLE, "ALTER TABLE t SET UNLOGGED", "~ table t: unlogged yes, before none"),
                planted(
                        "storage parameters",
                        TABLE,
                        "ALTER TABLE t SET (fillfactor = 70)",
                        "~ table t: with fillfactor=70, before none"),
                planted(
                        "storage parameters of its toast table",
                        TABLE,
                        "ALTER TABLE t SET (toast.autovacuum_enabled = off)",
                        "~ table t: toast with autovacuum_enabled=off, before none"),
                planted(
                        "row security",
                        TABLE,
                        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                        "~ table t: row security enabled, before none"),
                planted(
                        "row security for the owner",
                        TABLE,
                        "ALTER TABLE t FORCE ROW LEVEL SECURITY",
                        "~ table t: row security for the owner forced, before none"),
                planted(
                        "replica identity",
                        TABLE,
                        "ALTER TABLE t REPLICA IDENTITY FULL",
                        "~ table t: replica identity full, before none"),
                planted(
                        "inheritance",
                        TABLE + "CREATE TABLE c (a integer, b text, c numeric(8, 2));",
                        "ALTER TABLE c INHERIT t",
                        """
                        ~ table c: inherits t, before none
                        ~ column c.a: inherited and declared, before none
                        ~ column c.b: inherited and declared, before none
                        ~ column c.c: inherited and declared, before none"""),
                planted(
                        "a table of a type",
                        "CREATE TYPE y AS (a integer); CREATE TABLE t (a integer);",
                        "ALTER TABLE t OF y",
                        "~ table t: of y, before none"),
                planted(
                        "partitioning",
                        "CREATE TABLE p (a integer);",
                        "DROP TABLE p; CREATE TABLE p (a integer) PARTITION BY HASH (a)",
                        "~ table p: partition by HASH (a), before none"),
                planted(
                        "a partition",
                        PARTITIONED,
                        "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
                        "+ table p1 (partition of p FOR VALUES IN (1))"),
                planted(
                        "the bounds of a partition",
                        PARTITIONED + "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
                        "ALTER TABLE p DETACH PARTITION p1; ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1, 2)",
                        "~ table p1: partition of p FOR VALUES IN (1, 2), before p FOR VALUES IN (1)"),
                planted(
                        "the order of columns",
                        "CREATE TABLE t (a integer, b integer)",
                        "DROP TABLE t; CREATE TABLE t (b integer, a integer)",
                        "~ table t: columns in the order b, a, before a, b"),
                planted(
                        "a comment on a table",
                        TABLE,
                        "COMMENT ON TABLE t IS 'hello'",
                        "+ comment t (on table, text hello)"),
                planted(
                        "another comment on a table",
                        TABLE + "COMMENT ON TABLE t IS 'hello'",
                        "COMMENT ON TABLE t IS 'bye'",
                        "~ comment t: text bye, before hello"));
    }

    private static List<Planted> columns() {
        return List.of(
                planted("a column", TABLE, "ALTER TABLE t ADD COLUMN d date", "+ column t.d (nullable yes, type date)"),
                planted(
                        "a type",
                        TABLE,
                        "ALTER TABLE t ALTER COLUMN a TYPE bigint",
                        "~ column t.a: type bigint, before integer"),
                planted(
                        "a precision",
                        TABLE,
                        "ALTER TABLE t ALTER COLUMN c TYPE numeric(9, 2)",
                        "~ column t.c: type numeric(9,2), before numeric(8,2)"),
                planted(
                        "nullability",
                        TABLE,
                        "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
                        "~ column t.a: nullable no, before yes"),
                planted(
                        "a default",
                        TABLE,
                        "ALTER TABLE t ALTER COLUMN a SET DEFAULT 5",
                        "+ default t.a (expression 5)"),
                planted(
                        "another default",
                        "CREATE TABLE t (a varchar(9) DEFAULT 'x')",
                        "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'y'",
                        "~ default t.a: expression 'y', before 'x'"),
                planted(
                        "a generated column",
                        "CREATE TABLE t (a integer, b integer)",
                        "ALTER TABLE t DROP COLUMN b; ALTER TABLE t ADD COLUMN b integer GENERATED ALWAYS AS (a + 1) STORED",
                        "~ column t.b: generated always (a + 1) stored, before none"),
                since(
                        18,
                        "a virtual column",
                        "CREATE TABLE t (a integer, b integer)",
                        "ALTER TABLE t DROP COLUMN b; ALTER TABLE t ADD COLUMN b integer GENERATED ALWAYS AS (a + 1) VIRTUAL",
                        "~ column t.b: generated always (a + 1) virtual, before none"),
                planted(
                        "identity",
                        "CREATE TABLE t (a integer NOT NULL)",
                        "ALTER TABLE t ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY",
                        "~ column t.a: identity always, before none"),
                planted(
                        "identity kind",
                        "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)",
                        "ALTER TABLE t ALTER COLUMN a SET GENERATED BY DEFAULT",
                        "~ column t.a: identity by default, before always"),
                planted(
                        "identity options",
                        "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)",
                        "ALTER TABLE t ALTER COLUMN a SET INCREMENT 5 SET START 7 SET CACHE 3 SET MAXVALUE 90 SET MINVALUE 2 SET CYCLE RESTART 7",
                        "~ column t.a: identity cache 3, before none; identity cycle yes, before none; identity increment 5, before none; identity max 90, before none; identity min 2, before none; identity start 7, before none"),
                planted(
                        "identity sequence",
                        "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)",
                        "ALTER SEQUENCE t_a_seq RENAME TO numbers",
                        "~ column t.a: identity sequence numbers, before none"),
                planted(
                        "collation",
                        TABLE,
                        "ALTER TABLE t ALTER COLUMN b TYPE text COLLATE \"C\"",
                        "~ column t.b: collation C, before none"),
                planted(
                        "storage",
                        TABLE,
                        "ALTER TABLE t ALTER COLUMN b SET STORAGE EXTERNAL",
                        "~ column t.b: storage external, before none"),
                since(
                        14,
                        "compression",
                        TABLE,
                        "ALTER TABLE t ALTER COLUMN b SET COMPRESSION pglz",
                        "~ column t.b: compression pglz, before none"),
                planted(
                        "statistics target",
                        TABLE,
                        "ALTER TABLE t ALTER COLUMN b SET STATISTICS 7",
                        "~ column t.b: statistics target 7, before none"),
                planted(
                        "column options",
                        TABLE,
                        "ALTER TABLE t ALTER COLUMN b SET (n_distinct = 3)",
                        "~ column t.b: options n_distinct=3, before none"),
                planted(
                        "a comment on a column",
                        TABLE,
                        "COMMENT ON COLUMN t.a IS 'hello'",
                        "+ comment t.a (on column, text hello)"));
    }

    private static List<Planted> constraints() {
        return List.of(
                planted("a primary key", TABLE, "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a, b)", """
                        ~ column t.a: nullable no, before yes
                        ~ column t.b: nullable no, before yes
                        + primary-key t.k (columns a, b)"""),
                planted(
                        "the order of a primary key",
                        "CREATE TABLE t (a int, b int, CONSTRAINT k PRIMARY KEY (a, b))",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (b, a)",
                        "~ primary-key t.k: columns b, a, before a, b"),
                planted(
                        "a deferrable key",
                        "CREATE TABLE t (a int CONSTRAINT k PRIMARY KEY)",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a) DEFERRABLE INITIALLY DEFERRED",
                        "~ primary-key t.k: deferrable initially deferred, before none"),
                planted(
                        "an including key",
                        "CREATE TABLE t (a int CONSTRAINT k PRIMARY KEY, b int)",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a) INCLUDE (b)",
                        "~ primary-key t.k: include b, before none"),
                planted(
                        "storage parameters of a key",
                        "CREATE TABLE t (a int CONSTRAINT k PRIMARY KEY, b int)",
                        "ALTER INDEX k SET (fillfactor = 50)",
                        "~ primary-key t.k: with fillfactor=50, before none"),
                planted(
                        "a key that the table is clustered by",
                        "CREATE TABLE t (a int CONSTRAINT k PRIMARY KEY)",
                        "ALTER TABLE t CLUSTER ON k",
                        "~ primary-key t.k: clustered yes, before none"),
                planted(
                        "a key as replica identity",
                        "CREATE TABLE t (a int CONSTRAINT k PRIMARY KEY)",
                        "ALTER TABLE t REPLICA IDENTITY USING INDEX k",
                        """
                        ~ table t: replica identity index, before none
                        ~ primary-key t.k: replica identity yes, before none"""),
                planted(
                        "a unique constraint",
                        TABLE,
                        "ALTER TABLE t ADD CONSTRAINT k UNIQUE (a, b)",
                        "+ unique t.k (columns a, b)"),
                since(
                        15,
                        "nulls not distinct",
                        TABLE + "ALTER TABLE t ADD CONSTRAINT k UNIQUE (a)",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k UNIQUE NULLS NOT DISTINCT (a)",
                        "~ unique t.k: nulls not distinct yes, before none"),
                planted(
                        "deferrable",
                        TABLE + "ALTER TABLE t ADD CONSTRAINT k UNIQUE (a)",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k UNIQUE (a) DEFERRABLE",
                        "~ unique t.k: deferrable initially immediate, before none"),
                since(
                        18,
                        "without overlaps",
                        "CREATE TABLE t (a int4range, b int4range, CONSTRAINT k UNIQUE (a, b))",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k UNIQUE (a, b WITHOUT OVERLAPS)",
                        "~ unique t.k: without overlaps yes, before none"),
                planted(
                        "a check",
                        TABLE,
                        "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)",
                        "+ check t.k (expression a > 0)"),
                planted(
                        "another check",
                        TABLE + "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k CHECK (a >= 0)",
                        "~ check t.k: expression a >= 0, before a > 0"),
                planted(
                        "a check without validation",
                        TABLE + "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID",
                        "~ check t.k: not valid yes, before none"),
                since(
                        18,
                        "a check without enforcement",
                        TABLE + "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT ENFORCED",
                        "~ check t.k: not enforced yes, before none; not valid yes, before none"),
                planted(
                        "a check without heirs",
                        TABLE + "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NO INHERIT",
                        "~ check t.k: no inherit yes, before none"),
                planted(
                        "an exclusion",
                        "CREATE TABLE t (a int4range)",
                        "ALTER TABLE t ADD CONSTRAINT k EXCLUDE USING gist (a WITH &&)",
                        "+ exclusion t.k (definition EXCLUDE USING gist (a WITH &&))"),
                planted(
                        "another exclusion",
                        "CREATE TABLE t (a int4range, CONSTRAINT k EXCLUDE USING gist (a WITH &&))",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k EXCLUDE USING gist (a WITH &&) WHERE (NOT isempty(a)) DEFERRABLE",
                        "~ exclusion t.k: definition EXCLUDE USING gist (a WITH &&) WHERE (NOT isempty(a)) DEFERRABLE, before EXCLUDE USING gist (a WITH &&)"),
                planted(
                        "a foreign key",
                        TWO_TABLES,
                        "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u",
                        "+ foreign-key t.k (columns a, references u (id))"),
                foreignKey("on delete", "ON DELETE CASCADE", "on delete cascade"),
                foreignKey("on update", "ON UPDATE RESTRICT", "on update restrict"),
                foreignKey("match", "MATCH FULL", "match full"),
                foreignKey("deferrable", "DEFERRABLE INITIALLY DEFERRED", "deferrable initially deferred"),
                foreignKey("not valid", "NOT VALID", "not valid yes"),
                since(
                        15,
                        "the columns of on delete",
                        TWO_TABLES + "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u ON DELETE SET NULL",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u ON DELETE SET NULL (a)",
                        "~ foreign-key t.k: on delete columns a, before none"),
                planted(
                        "the columns referred to",
                        TWO_TABLES
                                + "ALTER TABLE u ADD CONSTRAINT u_x UNIQUE (x); ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u (x)",
                        "~ foreign-key t.k: references u (x), before u (id)"),
                planted(
                        "an inherited constraint",
                        TABLE + "CREATE TABLE c () INHERITS (t); ALTER TABLE c ADD CONSTRAINT k CHECK (a > 0)",
                        "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)",
                        """
                        ~ check c.k: inherited and declared, before none
                        + check t.k (expression a > 0)"""),
                planted(
                        "a comment on a constraint",
                        TABLE + "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)",
                        "COMMENT ON CONSTRAINT k ON t IS 'hello'",
                        "+ comment t.k (on check, text hello)"));
    }

    private static Planted foreignKey(String name, String clause, String expected) {
        String add = "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u ";
        return planted(
                "a foreign key's " + name,
                TWO_TABLES + add,
                "ALTER TABLE t DROP CONSTRAINT k; " + add + clause,
                "~ foreign-key t.k: " + expected + ", before none");
    }

    private static Planted index(String name, String definition, String expected) {
        return planted("an index's " + name, INDEX, "DROP INDEX i; " + definition, "~ index i: " + expected);
    }

    private static List<Planted> indexes() {
        return List.of(
                planted("an index", TABLE, "CREATE INDEX i ON t (a, b)", "+ index i (keys a, b, on t)"),
                index("uniqueness", "CREATE UNIQUE INDEX i ON t (b)", "unique yes, before none"),
                index("method", "CREATE INDEX i ON t USING hash (b)", "method hash, before none"),
                index("keys", "CREATE INDEX i ON t (a)", "keys a, before b"),
                index("expression", "CREATE INDEX i ON t (lower(b), (a + 1))", "keys (lower(b)), (a + 1), before b"),
                index("direction", "CREATE INDEX i ON t (b DESC)", "keys b desc, before b"),
                index("order of nulls", "CREATE INDEX i ON t (b NULLS FIRST)", "keys b nulls first, before b"),
                index(
                        "direction with order of nulls",
                        "CREATE INDEX i ON t (b DESC NULLS LAST)",
                        "keys b desc nulls last, before b"),
                index("collation", "CREATE INDEX i ON t (b COLLATE \"C\")", "keys b collate \"C\", before b"),
                index(
                        "operator class",
                        "CREATE INDEX i ON t (b text_pattern_ops, a)",
                        "keys b text_pattern_ops, a, before b"),
                index(
                        "predicate",
                        "CREATE INDEX i ON t (b) WHERE a > 0 AND b <> ','",
                        "where a > 0 AND b <> ','::text, before none"),
                index("included columns", "CREATE INDEX i ON t (b) INCLUDE (a, c)", "include a, c, before none"),
                index(
                        "storage parameters",
                        "CREATE INDEX i ON t (b) WITH (fillfactor = 60)",
                        "with fillfactor=60, before none"),
                since(
                        15,
                        "an index's nulls not distinct",
                        TABLE + "CREATE UNIQUE INDEX i ON t (b)",
                        "DROP INDEX i; CREATE UNIQUE INDEX i ON t (b) NULLS NOT DISTINCT",
                        "~ index i: nulls not distinct yes, before none"),
                planted(
                        "an operator class's parameters",
                        "CREATE TABLE t (a tsvector); CREATE INDEX i ON t USING gist (a)",
                        "DROP INDEX i; CREATE INDEX i ON t USING gist (a tsvector_ops (siglen = 100))",
                        "~ index i: keys a tsvector_ops (siglen='100'), before a"),
                planted(
                        "an index that the table is clustered by",
                        INDEX,
                        "ALTER TABLE t CLUSTER ON i",
                        "~ index i: clustered yes, before none"),
                planted(
                        "an index as replica identity",
                        "CREATE TABLE t (a integer NOT NULL); CREATE UNIQUE INDEX i ON t (a)",
                        "ALTER TABLE t REPLICA IDENTITY USING INDEX i",
                        """
                        ~ table t: replica identity index, before none
                        ~ index i: replica identity yes, before none"""),
                planted(
                        "statistics of an expression",
                        TABLE + "CREATE INDEX i ON t (lower(b))",
                        "ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 9",
                        "~ index i: statistics targets 1=9, before none"),
                planted(
                        "an index attached to the one of the whole",
                        PARTITIONED
                                + "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE INDEX i1 ON p1 (b); CREATE INDEX i ON ONLY p (b)",
                        "ALTER INDEX i ATTACH PARTITION i1",
                        """
                        ~ index i: invalid gone, before yes
                        ~ index i1: attached to i, before none"""),
                planted(
                        "a name that the server chose",
                        TABLE + "CREATE INDEX ON t (b)",
                        "ALTER INDEX t_b_idx RENAME TO t_b_idx1",
                        "~ index t_b_idx1: a name chosen by the server, before t_b_idx"),
                planted(
                        "a comment on an index",
                        INDEX,
                        "COMMENT ON INDEX i IS 'hello'",
                        "+ comment i (on index, text hello)"),
                planted(
                        "statistics",
                        TABLE,
                        "CREATE STATISTICS s ON a, b FROM t",
                        "+ statistics s (expressions a, b, kinds ndistinct, dependencies, mcv, on t)"),
                planted(
                        "the kinds of statistics",
                        TABLE + "CREATE STATISTICS s ON a, b FROM t",
                        "DROP STATISTICS s; CREATE STATISTICS s (mcv) ON a, b FROM t",
                        "~ statistics s: kinds mcv, before ndistinct, dependencies, mcv"),
                since(
                        13,
                        "the target of statistics",
                        TABLE + "CREATE STATISTICS s ON a, b FROM t",
                        "ALTER STATISTICS s SET STATISTICS 4",
                        "~ statistics s: target 4, before none"));
    }

    private static List<Planted> views() {
        String view = TABLE + "CREATE VIEW v AS SELECT a, b FROM t;";
        String stored = TABLE + "CREATE MATERIALIZED VIEW v AS SELECT a, b FROM t;";
        return List.of(
                planted("a view", TABLE, "CREATE VIEW v AS SELECT a FROM t", "+ view v (query SELECT a FROM t)"),
                planted(
                        "a check option",
                        view,
                        "ALTER VIEW v SET (check_option = local)",
                        "~ view v: check option local, before none"),
                planted(
                        "a security barrier",
                        view,
                        "ALTER VIEW v SET (security_barrier)",
                        "~ view v: with security_barrier=true, before none"),
                since(
                        15,
                        "a security invoker",
                        view,
                        "ALTER VIEW v SET (security_invoker = on)",
                        "~ view v: with security_invoker=on, before none"),
                planted(
                        "a view's default",
                        view,
                        "ALTER VIEW v ALTER COLUMN a SET DEFAULT 4",
                        "+ default v.a (expression 4)"),
                planted(
                        "a comment on a view",
                        view,
                        "COMMENT ON VIEW v IS 'hello'",
                        "+ comment v (on view, text hello)"),
                planted(
                        "a comment on a view's column",
                        view,
                        "COMMENT ON COLUMN v.a IS 'hello'",
                        "+ comment v.a (on column, text hello)"),
                planted(
                        "a materialized view without rows",
                        stored,
                        "REFRESH MATERIALIZED VIEW v WITH NO DATA",
                        "~ materialized-view v: populated no, before none"),
                planted("a materialized view's index", stored, "CREATE INDEX i ON v (a)", "+ index i (keys a, on v)"),
                planted(
                        "a materialized view's storage parameters",
                        stored,
                        "ALTER MATERIALIZED VIEW v SET (fillfactor = 60)",
                        "~ materialized-view v: with fillfactor=60, before none"),
                planted(
                        "a view's trigger",
                        view + "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';",
                        "CREATE TRIGGER r INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION g()",
                        "+ trigger v.r (events insert, function g(), level row, timing instead of)"));
    }

    private static List<Planted> types() {
        String domain = "CREATE DOMAIN d AS varchar(9);";
        return List.of(
                planted("an enum", "", "CREATE TYPE e AS ENUM ('a', 'b')", "+ enum e (values 'a', 'b')"),
                planted(
                        "the order of an enum",
                        "CREATE TYPE e AS ENUM ('a', 'b')",
                        "ALTER TYPE e ADD VALUE 'it''s' BEFORE 'b'",
                        "~ enum e: values 'a', 'it''s', 'b', before 'a', 'b'"),
                planted("a domain", "", domain, "+ domain d (type character varying(9))"),
                planted("a domain's default", domain, "ALTER DOMAIN d SET DEFAULT 'x'", "+ default d (expression 'x')"),
                planted(
                        "a domain's nullability",
                        domain,
                        "ALTER DOMAIN d SET NOT NULL",
                        "~ domain d: nullable no, before none"),
                planted(
                        "a domain's check",
                        domain,
                        "ALTER DOMAIN d ADD CONSTRAINT k CHECK (length(VALUE) > 1)",
                        "+ check d.k (expression length(VALUE::text) > 1)"),
                planted(
                        "a domain's collation",
                        domain,
                        "DROP DOMAIN d; CREATE DOMAIN d AS varchar(9) COLLATE \"C\"",
                        "~ domain d: collation C, before none"),
                planted(
                        "a comment on a type",
                        domain,
                        "COMMENT ON DOMAIN d IS 'hello'",
                        "+ comment d (on domain, text hello)"),
                planted(
                        "a composite type",
                        "CREATE TYPE c AS (a integer)",
                        "ALTER TYPE c ADD ATTRIBUTE b text COLLATE \"C\"",
                        "~ type c: attributes a integer, b text collate \"C\", before a integer"),
                planted(
                        "a comment within a composite type",
                        "CREATE TYPE c AS (a integer)",
                        "COMMENT ON COLUMN c.a IS 'hello'",
                        "~ type c: attribute comments a 'hello', before none"),
                planted(
                        "a range",
                        "CREATE TYPE r AS RANGE (subtype = integer)",
                        "DROP TYPE r; CREATE TYPE r AS RANGE (subtype = integer, subtype_diff = int4range_subdiff)",
                        "~ type r: subtype difference int4range_subdiff, before none"),
                planted(
                        "a shell type",
                        "",
                        "CREATE TYPE s",
                        "+ type s (alignment i, by value yes, category P, defined no, input shell_in, length 4, output shell_out, storage p)"),
                planted("a sequence", "", "CREATE SEQUENCE s", "+ sequence s (type bigint)"),
                planted(
                        "a sequence's options",
                        "CREATE SEQUENCE s",
                        "ALTER SEQUENCE s AS integer INCREMENT 2 MINVALUE 3 MAXVALUE 99 START 4 RESTART 4 CACHE 5 CYCLE",
                        "~ sequence s: cache 5, before none; cycle yes, before none; increment 2, before none; max 99, before none; min 3, before none; start 4, before none; type integer, before bigint"),
                planted(
                        "a sequence's owner",
                        TABLE + "CREATE SEQUENCE s",
                        "ALTER SEQUENCE s OWNED BY t.a",
                        "~ sequence s: owned by t.a, before none"));
    }

    private static Planted function(String name, String alter, String expected) {
        return planted(
                "a function's " + name,
                FUNCTION,
                "ALTER FUNCTION f(integer) " + alter,
                "~ function f(integer): " + expected);
    }

    private static List<Planted> routines() {
        return List.of(
                planted(
                        "a function",
                        "",
                        FUNCTION,
                        "+ function f(integer) (arguments a integer, body SELECT a, language sql, returns integer)"),
                planted(
                        "an overload",
                        FUNCTION,
                        "CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS 'SELECT a'",
                        "+ function f(text) (arguments a text, body SELECT a, language sql, returns text)"),
                planted(
                        "a function's body",
                        FUNCTION,
                        "CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1'",
                        "~ function f(integer): body SELECT a + 1, before SELECT a"),
                planted(
                        "a function's argument default",
                        FUNCTION,
                        "CREATE OR REPLACE FUNCTION f(a integer DEFAULT 3) RETURNS integer LANGUAGE sql AS 'SELECT a'",
                        "~ function f(integer): arguments a integer DEFAULT 3, before a integer"),
                planted(
                        "a function's language",
                        FUNCTION,
                        "CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer LANGUAGE plpgsql AS ' BEGIN RETURN a; END'",
                        "~ function f(integer): body  BEGIN RETURN a; END, before SELECT a; language plpgsql, before sql"),
                planted(
                        "a function's result",
                        FUNCTION,
                        "DROP FUNCTION f; CREATE FUNCTION f(a integer) RETURNS SETOF integer ROWS 5 LANGUAGE sql AS 'SELECT a'",
                        "~ function f(integer): returns SETOF integer, before integer; rows 5, before none"),
                function("volatility", "IMMUTABLE", "volatility immutable, before none"),
                function("strictness", "STRICT", "strict yes, before none"),
                function("security", "SECURITY DEFINER", "security definer, before none"),
                function("leakproofness", "LEAKPROOF", "leakproof yes, before none"),
                function("parallelism", "PARALLEL SAFE", "parallel safe, before none"),
                function("cost", "COST 7", "cost 7, before none"),
                function("settings", "SET work_mem = '8MB'", "set work_mem=8MB, before none"),
                function("search path", "SET search_path FROM CURRENT", "set search_path=$schema, before none"),
                since(
                        14,
                        "a body in standard SQL",
                        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql RETURN 1",
                        "CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql RETURN 2",
                        "~ function f(): body RETURN 2, before RETURN 1"),
                planted(
                        "a comment on a function",
                        FUNCTION,
                        "COMMENT ON FUNCTION f IS 'hello'",
                        "+ comment f(integer) (on function, text hello)"),
                planted(
                        "a procedure",
                        "",
                        "CREATE PROCEDURE p(a integer) LANGUAGE sql AS 'SELECT a'",
                        PostgresForTests.isAtLeast(14)
                                ? "+ procedure p(integer) (arguments IN a integer, body SELECT a, language sql)"
                                : "+ procedure p(integer) (arguments a integer, body SELECT a, language sql)"),
                planted(
                        "an aggregate",
                        "CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer)",
                        "DROP AGGREGATE s (integer); CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '1')",
                        "~ aggregate s(integer): initial state 1, before none"));
    }

    private static Planted trigger(String name, String definition, String expected) {
        return planted(
                "a trigger's " + name, TRIGGER, "DROP TRIGGER r ON t; " + definition, "~ trigger t.r: " + expected);
    }

    private static List<Planted> triggers() {
        return List.of(
                planted(
                        "a trigger",
                        TRIGGER_FUNCTION,
                        "CREATE TRIGGER r AFTER DELETE ON t FOR EACH STATEMENT EXECUTE FUNCTION g()",
                        "+ trigger t.r (events delete, function g(), level statement, timing after)"),
                trigger(
                        "timing",
                        "CREATE TRIGGER r AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION g()",
                        "timing after, before before"),
                trigger(
                        "events",
                        "CREATE TRIGGER r BEFORE INSERT OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION g()",
                        "events insert or delete, before insert"),
                trigger(
                        "columns",
                        "CREATE TRIGGER r BEFORE UPDATE OF a, b ON t FOR EACH ROW EXECUTE FUNCTION g()",
                        "columns a, b, before none; events update, before insert"),
                trigger(
                        "level",
                        "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION g()",
                        "level statement, before row"),
                trigger(
                        "condition",
                        "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.a > 3) EXECUTE FUNCTION g()",
                        "condition new.a > 3, before none"),
                trigger(
                        "arguments",
                        "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g('x', 2)",
                        "function g('x', '2'), before g()"),
                trigger(
                        "transition tables",
                        "CREATE TRIGGER r AFTER INSERT ON t REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION g()",
                        "new table n, before none; timing after, before before"),
                trigger(
                        "constraint",
                        "CREATE CONSTRAINT TRIGGER r AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION g()",
                        "constraint yes, before none; deferrable initially deferred, before none; timing after, before before"),
                planted(
                        "a trigger's state",
                        TRIGGER,
                        "ALTER TABLE t DISABLE TRIGGER r",
                        "~ trigger t.r: state disabled, before none"),
                planted(
                        "a comment on a trigger",
                        TRIGGER,
                        "COMMENT ON TRIGGER r ON t IS 'hello'",
                        "+ comment t.r (on trigger, text hello)"),
                planted(
                        "a rule",
                        TABLE,
                        "CREATE RULE q AS ON DELETE TO t DO INSTEAD NOTHING",
                        "+ rule t.q (definition CREATE RULE q AS ON DELETE TO t DO INSTEAD NOTHING;)"),
                planted(
                        "a rule's state",
                        TABLE + "CREATE RULE q AS ON DELETE TO t DO INSTEAD NOTHING",
                        "ALTER TABLE t DISABLE RULE q",
                        "~ rule t.q: state disabled, before none"),
                planted(
                        "a policy",
                        TABLE,
                        "CREATE POLICY o ON t USING (a > 1)",
                        "+ policy t.o (command all, using a > 1)"),
                planted(
                        "a policy's attributes",
                        TABLE + "CREATE POLICY o ON t USING (a > 1)",
                        "DROP POLICY o ON t; CREATE POLICY o ON t AS RESTRICTIVE FOR UPDATE TO pg_monitor USING (a > 1) WITH CHECK (a > 2)",
                        "~ policy t.o: check a > 2, before none; command update, before all; restrictive yes, before none; roles pg_monitor, before none"));
    }

    private static List<Planted> access() {
        return List.of(
                planted(
                        "a grant on a table",
                        TABLE,
                        "GRANT SELECT, INSERT ON t TO PUBLIC",
                        "+ grant t (on table, public insert, select)"),
                planted(
                        "a grant to a role, to be passed on",
                        TABLE,
                        "GRANT SELECT ON t TO pg_monitor WITH GRANT OPTION",
                        "+ grant t (on table, pg_monitor select with grant option)"),
                planted(
                        "a grant on a column",
                        TABLE,
                        "GRANT SELECT (b) ON t TO PUBLIC",
                        "+ grant t.b (on column, public select)"),
                planted(
                        "a grant on a sequence",
                        "CREATE SEQUENCE s",
                        "GRANT USAGE ON SEQUENCE s TO PUBLIC",
                        "+ grant s (on sequence, public usage)"),
                planted(
                        "a grant on a view",
                        "CREATE VIEW v AS SELECT 1",
                        "GRANT SELECT ON v TO PUBLIC",
                        "+ grant v (on view, public select)"),
                planted(
                        "what a function loses",
                        FUNCTION,
                        "REVOKE EXECUTE ON FUNCTION f FROM PUBLIC",
                        "+ grant f(integer) (on function, revoked from public execute)"),
                planted(
                        "what a type loses",
                        "CREATE TYPE e AS ENUM ('a')",
                        "REVOKE USAGE ON TYPE e FROM PUBLIC",
                        "+ grant e (on enum, revoked from public usage)"),
                planted(
                        "what an owner loses",
                        TABLE,
                        "REVOKE DELETE ON t FROM CURRENT_USER",
                        "+ grant t (on table, revoked from the owner delete)"),
                planted(
                        "a grant on the schema",
                        "",
                        "GRANT USAGE ON SCHEMA {schema} TO PUBLIC",
                        "+ grant (schema) (public usage)"),
                planted(
                        "default privileges",
                        "",
                        "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO PUBLIC",
                        "+ grant default privileges on tables (public select)"),
                planted(
                        "an owner",
                        TABLE,
                        "ALTER TABLE t OWNER TO pg_monitor",
                        "+ owner t (on table, role pg_monitor)"),
                planted(
                        "a function's owner",
                        FUNCTION,
                        "ALTER FUNCTION f OWNER TO pg_monitor",
                        "+ owner f(integer) (on function, role pg_monitor)"));
    }

    private static List<Planted> rest() {
        return List.of(
                planted(
                        "an operator",
                        "",
                        "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)",
                        "+ operator ===(integer, integer) (function int4eq(integer,integer))"),
                planted(
                        "an operator's estimate",
                        "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)",
                        "ALTER OPERATOR === (integer, integer) SET (RESTRICT = eqsel)",
                        "~ operator ===(integer, integer): restrict eqsel, before none"),
                planted(
                        "an operator class",
                        "",
                        "CREATE OPERATOR CLASS k FOR TYPE integer USING hash AS OPERATOR 1 =",
                        """
                        + operator-class k using hash (family k, type integer)
                        + operator-family k using hash (operators 1 =(integer,integer))"""),
                planted(
                        "an operator of a family that sorts",
                        "CREATE OPERATOR FAMILY k USING gist",
                        "ALTER OPERATOR FAMILY k USING gist ADD OPERATOR 15 <-> (point, point) FOR ORDER BY float_ops",
                        "~ operator-family k using gist: operators 15 <->(point,point) for order by float_ops, before none"),
                planted(
                        "a cast",
                        "CREATE TYPE c AS (a integer)",
                        "CREATE CAST (c AS text) WITH INOUT AS ASSIGNMENT",
                        "+ cast c as text (context assignment, method inout)"),
                planted(
                        "a collation",
                        "",
                        "CREATE COLLATION c (provider = libc, locale = 'C')",
                        "+ collation c (locale C, provider libc)"),
                planted(
                        "a conversion",
                        "",
                        "CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
                        "+ conversion c (from LATIN1, function iso8859_1_to_utf8, to UTF8)"),
                planted(
                        "a text search dictionary",
                        "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)",
                        "ALTER TEXT SEARCH DICTIONARY d (Accept = false)",
                        "~ text-search-dictionary d: options accept = 'false', before none"),
                planted(
                        "a text search mapping",
                        "CREATE TEXT SEARCH CONFIGURATION c (PARSER = default)",
                        "ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word, email WITH simple, english_stem",
                        "~ text-search-configuration c: mappings email simple english_stem, word simple english_stem, before none"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void isFoundAndNothingElse(Planted planted) throws SQLException {
        assumeTrue(PostgresForTests.isAtLeast(planted.since()));
        try (InSchema in = new InSchema("planted")) {
            in.run(planted.before());
            Schema before = PostgresDialect.INSTANCE.read(in.connection, Scope.schema(in.schema));
            in.run(planted.change().replace("{schema}", in.quoted()));
            Schema after = PostgresDialect.INSTANCE.read(in.connection, Scope.schema(in.schema));

            assertThat(SchemaDiff.between(before, after)).hasToString(planted.expected());
        }
    }
}
