package dev.turnstone.dialect.postgresql;

import static dev.turnstone.dialect.postgresql.Planted.planted;
import static dev.turnstone.dialect.postgresql.Planted.since;

import java.util.List;

/** Differences in types, sequences, functions and aggregates. */
final class PlantedInTypes {

    private static final String TABLE = "CREATE TABLE t (a integer, b text, c numeric(8, 2));";
    private static final String FUNCTION = "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';";

    private PlantedInTypes() {}

    private static Planted function(String name, String alter, String expected) {
        return planted(
                "a function's " + name,
                FUNCTION,
                "ALTER FUNCTION f(integer) " + alter,
                "~ function f(integer): " + expected);
    }

    static List<Planted> types() {
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
                        "a range's subtype",
                        "CREATE TYPE r AS RANGE (subtype = integer)",
                        "DROP TYPE r; CREATE TYPE r AS RANGE (subtype = bigint)",
                        "~ type r: subtype bigint, before integer"),
                planted(
                        "a range's operator class",
                        "CREATE TYPE r AS RANGE (subtype = text)",
                        "DROP TYPE r; CREATE TYPE r AS RANGE (subtype = text, subtype_opclass = text_pattern_ops)",
                        "~ type r: subtype operator class text_pattern_ops, before none"),
                planted(
                        "a range's collation",
                        "CREATE TYPE r AS RANGE (subtype = text)",
                        "DROP TYPE r; CREATE TYPE r AS RANGE (subtype = text, collation = \"C\")",
                        "~ type r: collation \"C\", before none"),
                planted(
                        "a range's canonical form",
                        "CREATE TYPE r; CREATE FUNCTION c(r) RETURNS r IMMUTABLE STRICT LANGUAGE internal AS 'int4range_canonical';"
                                + "CREATE TYPE r AS RANGE (subtype = integer)",
                        "DROP TYPE r CASCADE; CREATE TYPE r; CREATE FUNCTION c(r) RETURNS r IMMUTABLE STRICT LANGUAGE internal AS 'int4range_canonical';"
                                + "CREATE TYPE r AS RANGE (subtype = integer, canonical = c)",
                        "~ type r: canonical c, before none"),
                since(
                        14,
                        "a base type's attributes",
                        "CREATE TYPE b; CREATE FUNCTION i(cstring) RETURNS b IMMUTABLE STRICT LANGUAGE internal AS 'int4in'; CREATE FUNCTION o(b) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int4out'; CREATE TYPE b (INPUT = i, OUTPUT = o, INTERNALLENGTH = 4, PASSEDBYVALUE)",
                        "DROP TYPE b CASCADE; CREATE TYPE b; CREATE FUNCTION i(cstring) RETURNS b IMMUTABLE STRICT LANGUAGE internal AS 'int4in'; CREATE FUNCTION o(b) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int4out'; CREATE TYPE b (INPUT = i, OUTPUT = o, INTERNALLENGTH = 4, ALIGNMENT = int2, CATEGORY = 'N', PREFERRED = true, DELIMITER = ';', DEFAULT = '7', ELEMENT = integer, TYPMOD_IN = varbittypmodin, TYPMOD_OUT = varbittypmodout, ANALYZE = array_typanalyze)",
                        "~ type b: alignment s, before i; analyze array_typanalyze, before none; by value gone, before yes; category N, before U; default 7, before none; delimiter ;, before none; element integer, before none; modifiers varbittypmodin, before none; modifiers out varbittypmodout, before none; preferred yes, before none; subscript raw_array_subscript_handler, before none"),
                since(
                        13,
                        "a base type's storage",
                        "CREATE TYPE b; CREATE FUNCTION i(cstring) RETURNS b IMMUTABLE STRICT LANGUAGE internal AS 'int4in'; CREATE FUNCTION o(b) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int4out'; CREATE TYPE b (INPUT = i, OUTPUT = o, INTERNALLENGTH = VARIABLE)",
                        "ALTER TYPE b SET (STORAGE = extended)",
                        "~ type b: storage x, before p"),
                since(
                        13,
                        "how a base type travels",
                        "CREATE TYPE b; CREATE FUNCTION i(cstring) RETURNS b IMMUTABLE STRICT LANGUAGE internal AS 'int4in'; CREATE FUNCTION o(b) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int4out'; CREATE TYPE b (INPUT = i, OUTPUT = o, INTERNALLENGTH = 4, PASSEDBYVALUE)",
                        "CREATE FUNCTION r(internal) RETURNS b IMMUTABLE STRICT LANGUAGE internal AS 'int4recv'; CREATE FUNCTION s(b) RETURNS bytea IMMUTABLE STRICT LANGUAGE internal AS 'int4send'; ALTER TYPE b SET (RECEIVE = r, SEND = s)",
                        """
                        ~ type b: receive r, before none; send s, before none
                        + function r(internal) (arguments internal, body int4recv, language internal, returns b, strict yes, volatility immutable)
                        + function s(b) (arguments b, body int4send, language internal, returns bytea, strict yes, volatility immutable)"""),
                since(
                        14,
                        "a base type's subscripts",
                        "CREATE TYPE b; CREATE FUNCTION i(cstring) RETURNS b IMMUTABLE STRICT LANGUAGE internal AS 'int4in'; CREATE FUNCTION o(b) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int4out'; CREATE TYPE b (INPUT = i, OUTPUT = o, INTERNALLENGTH = 4, PASSEDBYVALUE)",
                        "ALTER TYPE b SET (SUBSCRIPT = raw_array_subscript_handler)",
                        "~ type b: subscript raw_array_subscript_handler, before none"),
                planted(
                        "a domain's precision",
                        "CREATE DOMAIN d AS varchar(9)",
                        "DROP DOMAIN d; CREATE DOMAIN d AS varchar(8)",
                        "~ domain d: type character varying(8), before character varying(9)"),
                planted(
                        "a type's owner",
                        "CREATE TYPE e AS ENUM ('a')",
                        "ALTER TYPE e OWNER TO pg_monitor",
                        "+ owner e (on enum, role pg_monitor)"),
                planted(
                        "a shell type",
                        "",
                        "CREATE TYPE s",
                        "+ type s (alignment i, by value yes, category P, defined no, input shell_in, length 4, output shell_out, storage p)"),
                since(
                        14,
                        "a comment on a multirange",
                        "CREATE TYPE r AS RANGE (subtype = integer)",
                        "COMMENT ON TYPE r_multirange IS 'hello'",
                        "~ type r: multirange comment hello, before none"),
                since(
                        15,
                        "a sequence that is unlogged",
                        "CREATE SEQUENCE s",
                        "ALTER SEQUENCE s SET UNLOGGED",
                        "~ sequence s: unlogged yes, before none"),
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

    static List<Planted> routines() {
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
                function(
                        "going with an extension",
                        "DEPENDS ON EXTENSION plpgsql",
                        "depends on extensions plpgsql, before none"),
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
                since(
                        14,
                        "a procedure",
                        "",
                        "CREATE PROCEDURE p(a integer) LANGUAGE sql AS 'SELECT a'",
                        "+ procedure p(integer) (arguments IN a integer, body SELECT a, language sql)"),
                planted(
                        "an aggregate over a moving frame",
                        "CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer)",
                        "DROP AGGREGATE s (integer); CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MSSPACE = 9, MINITCOND = '5', MFINALFUNC = int4abs, MFINALFUNC_MODIFY = SHAREABLE)",
                        "~ aggregate s(integer): moving final function int4abs(integer), before none; moving final function modifies s, before none; moving initial state 5, before none; moving inverse function int4mi(integer,integer), before none; moving state function int4pl(integer,integer), before none; moving state space 9, before none; moving state type integer, before none"),
                planted(
                        "an aggregate over a moving frame with the arguments to the end",
                        "CREATE FUNCTION e(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MFINALFUNC = e, MFINALFUNC_EXTRA)",
                        "DROP AGGREGATE s (integer); CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer)",
                        "~ aggregate s(integer): moving final function gone, before e(integer,integer); moving final function extra gone, before yes"),
                planted(
                        "an aggregate's final function",
                        "CREATE FUNCTION e(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer)",
                        "DROP AGGREGATE s (integer); CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer, SSPACE = 8, FINALFUNC = e, FINALFUNC_EXTRA, FINALFUNC_MODIFY = SHAREABLE, SORTOP = <)",
                        "~ aggregate s(integer): final function e(integer,integer), before none; final function extra yes, before none; final function modifies s, before none; sort operator <(integer,integer), before none; state space 8, before none"),
                planted(
                        "an aggregate in parallel",
                        "CREATE AGGREGATE s (numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg)",
                        "DROP AGGREGATE s (numeric); CREATE AGGREGATE s (numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg, COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize)",
                        "~ aggregate s(numeric): combine function numeric_avg_combine(internal,internal), before none; deserialize function numeric_avg_deserialize(bytea,internal), before none; serialize function numeric_avg_serialize(internal), before none"),
                planted(
                        "an aggregate over an ordered set",
                        "",
                        "CREATE AGGREGATE s (float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA = true)",
                        "+ aggregate s(double precision, anyelement) (aggregate kind ordered set, arguments double precision ORDER BY anyelement, final function percentile_disc_final(internal,double precision,anyelement), final function extra yes, returns anyelement, state function ordered_set_transition(internal,\"any\"), state type internal)"),
                planted(
                        "a function's support",
                        "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a'",
                        "ALTER FUNCTION f(integer) SUPPORT generate_series_int4_support",
                        "~ function f(integer): support generate_series_int4_support, before none"),
                planted(
                        "a function's library",
                        "",
                        "CREATE FUNCTION f() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler'",
                        "+ function f() (body plpgsql_call_handler, language c, library $libdir/plpgsql, returns language_handler)"),
                planted(
                        "an aggregate",
                        "CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer)",
                        "DROP AGGREGATE s (integer); CREATE AGGREGATE s (integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '1')",
                        "~ aggregate s(integer): initial state 1, before none"));
    }
}
