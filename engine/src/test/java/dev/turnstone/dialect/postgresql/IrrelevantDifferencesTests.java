package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.schema.SchemaDiff;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two equivalent definitions, each in a schema with a different name. */
class IrrelevantDifferencesTests {

    static Stream<Arguments> same() {
        return Stream.of(
                same(
                        "types by another name",
                        "CREATE TABLE t (a int, b varchar(3), c timestamptz, d decimal(4), e int8, f bool, g char(2))",
                        "CREATE TABLE t (a integer, b character varying(3), c timestamp with time zone, d numeric(4, 0), e bigint, f boolean, g character(2))"),
                same(
                        "the case of a default",
                        "CREATE TABLE t (a timestamptz DEFAULT now())",
                        "CREATE TABLE t (a timestamptz DEFAULT NOW ( ))"),
                same(
                        "a default with a cast",
                        "CREATE TABLE t (a varchar(3) DEFAULT 'a', b char(2) DEFAULT 'b', c numeric(4) DEFAULT -1, d jsonb DEFAULT '{}')",
                        "CREATE TABLE t (a varchar(3) DEFAULT 'a'::varchar, b char(2) DEFAULT 'b'::bpchar, c numeric(4) DEFAULT '-1'::numeric, d jsonb DEFAULT '{}'::jsonb)"),
                same(
                        "a default that is none",
                        "CREATE TABLE t (a varchar(3), b integer)",
                        "CREATE TABLE t (a varchar(3) DEFAULT NULL, b integer DEFAULT NULL::integer)"),
                same(
                        "the order of creation",
                        "CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (a); CREATE TYPE e AS ENUM ('a')",
                        "CREATE TYPE e AS ENUM ('a'); CREATE TABLE u (a int); CREATE TABLE t (a int); CREATE INDEX j ON t (a); CREATE INDEX i ON t (a)"),
                same(
                        "the order of privileges",
                        "CREATE TABLE t (a int); GRANT SELECT ON t TO PUBLIC; GRANT INSERT ON t TO PUBLIC",
                        "CREATE TABLE t (a int); GRANT INSERT, SELECT ON t TO PUBLIC"),
                same(
                        "privileges as they are by default",
                        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE t (a int)",
                        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION f TO PUBLIC; CREATE TABLE t (a int); GRANT SELECT ON t TO CURRENT_USER"),
                same(
                        "the order of storage parameters",
                        "CREATE TABLE t (a int) WITH (fillfactor = 70, autovacuum_enabled = off)",
                        "CREATE TABLE t (a int) WITH (autovacuum_enabled = off, fillfactor = 70)"),
                same(
                        "a dropped column",
                        "CREATE TABLE t (a int, b int)",
                        "CREATE TABLE t (x int, a int, b int); ALTER TABLE t DROP COLUMN x"),
                same(
                        "a default operator class and direction",
                        "CREATE TABLE t (a text); CREATE INDEX i ON t (a)",
                        "CREATE TABLE t (a text); CREATE INDEX i ON t USING btree (a text_ops ASC NULLS LAST)"),
                same(
                        "parentheses in a check",
                        "CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0 AND a < 9))",
                        "CREATE TABLE t (a int, CONSTRAINT k CHECK (((a > 0) AND ((a) < 9))))"),
                same(
                        "an action by its default",
                        "CREATE TABLE u (a int PRIMARY KEY); CREATE TABLE t (a int REFERENCES u)",
                        "CREATE TABLE u (a int PRIMARY KEY); CREATE TABLE t (a int REFERENCES u (a) MATCH SIMPLE ON DELETE NO ACTION NOT DEFERRABLE)"),
                same("the position of a sequence", "CREATE SEQUENCE s", "CREATE SEQUENCE s; SELECT setval('s', 77)"),
                same("rows", "CREATE TABLE t (a int)", "CREATE TABLE t (a int); INSERT INTO t VALUES (1); ANALYZE t"),
                same(
                        "a serial by hand",
                        "CREATE TABLE t (a serial)",
                        "CREATE SEQUENCE t_a_seq AS integer; CREATE TABLE t (a int NOT NULL DEFAULT nextval('t_a_seq')); ALTER SEQUENCE t_a_seq OWNED BY t.a"),
                same(
                        "a view's layout",
                        "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t WHERE a > 1",
                        "CREATE TABLE t (a int); CREATE VIEW v AS select t . a from t where ( a>1 ) ;"),
                same(
                        "a time of another zone",
                        "SET timezone TO 'UTC'; CREATE TABLE t (a timestamptz DEFAULT '2024-01-01 12:00:00+00')",
                        "SET timezone TO 'Asia/Tokyo'; SET datestyle TO 'SQL, DMY'; SET datestyle TO ISO; CREATE TABLE t (a timestamptz DEFAULT '2024-01-01 21:00:00+09')"),
                same(
                        "a table that was renamed and renamed back",
                        "CREATE TABLE t (a int PRIMARY KEY)",
                        "CREATE TABLE t (a int PRIMARY KEY); ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME TO t"),
                same(
                        "names with quotes",
                        "CREATE TABLE \"the \"\"T\"\" (\" (\"a, b\" int, \"C USING x (\" int); CREATE INDEX \"I USING btree (\" ON \"the \"\"T\"\" (\" (\"a, b\" DESC, \"C USING x (\")",
                        "CREATE TABLE \"the \"\"T\"\" (\" (\"a, b\" int, \"C USING x (\" int); CREATE INDEX \"I USING btree (\" ON \"the \"\"T\"\" (\" (\"a, b\" DESC, \"C USING x (\")"));
    }

    private static Arguments same(String name, String one, String other) {
        return Arguments.of(name, one, other);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("same")
    void readTheSame(String name, String one, String other) throws SQLException {
        try (InSchema first = new InSchema("first");
                InSchema second = new InSchema("Second {} \"schema\"")) {
            first.run(one);
            second.run(other);

            assertThat(SchemaDiff.between(
                            PostgresDialect.INSTANCE.read(first.connection, Scope.schema(first.schema)),
                            PostgresDialect.INSTANCE.read(second.connection, Scope.schema(second.schema))))
                    .as(name)
                    .hasToString("");
        }
    }
}
