package dev.turnstone.dialect.postgresql;

import static dev.turnstone.dialect.postgresql.Planted.planted;
import static dev.turnstone.dialect.postgresql.Planted.since;

import java.util.List;

/** Differences in operators, casts, collations and text search objects. */
final class PlantedInOperators {

    private PlantedInOperators() {}

    static List<Planted> rest() {
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
                        "a support function of a family",
                        "CREATE OPERATOR FAMILY k USING btree",
                        "ALTER OPERATOR FAMILY k USING btree ADD FUNCTION 1 (integer, bigint) btint48cmp (integer, bigint)",
                        "~ operator-family k using btree: functions 1 (integer,bigint) btint48cmp(integer,bigint), before none"),
                planted(
                        "the types that a support function is for",
                        "CREATE OPERATOR FAMILY k USING btree; ALTER OPERATOR FAMILY k USING btree ADD FUNCTION 4 (integer, integer) btequalimage (oid)",
                        "ALTER OPERATOR FAMILY k USING btree DROP FUNCTION 4 (integer, integer); ALTER OPERATOR FAMILY k USING btree ADD FUNCTION 4 (bigint, bigint) btequalimage (oid)",
                        "~ operator-family k using btree: functions 4 (bigint,bigint) btequalimage(oid), before 4 (integer,integer) btequalimage(oid)"),
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
                        "a text search dictionary's options",
                        "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)",
                        "ALTER TEXT SEARCH DICTIONARY d (Accept = false)",
                        "~ text-search-dictionary d: options accept = 'false', before none"),
                planted(
                        "a text search mapping",
                        "CREATE TEXT SEARCH CONFIGURATION c (PARSER = default)",
                        "ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word, email WITH simple, english_stem",
                        "~ text-search-configuration c: mappings email simple english_stem, word simple english_stem, before none"),
                planted(
                        "a text search configuration",
                        "",
                        "CREATE TEXT SEARCH CONFIGURATION c (PARSER = default)",
                        "+ text-search-configuration c (parser default)"),
                planted(
                        "a text search configuration's owner",
                        "CREATE TEXT SEARCH CONFIGURATION c (PARSER = default)",
                        "ALTER TEXT SEARCH CONFIGURATION c OWNER TO pg_monitor",
                        "+ owner c (on text-search-configuration, role pg_monitor)"),
                planted(
                        "a text search dictionary",
                        "",
                        "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)",
                        "+ text-search-dictionary d (template simple)"),
                planted(
                        "a text search dictionary's owner",
                        "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)",
                        "ALTER TEXT SEARCH DICTIONARY d OWNER TO pg_monitor",
                        "+ owner d (on text-search-dictionary, role pg_monitor)"),
                planted(
                        "a collation's classification of letters",
                        "CREATE COLLATION c (provider = libc, locale = 'C')",
                        "DROP COLLATION c; CREATE COLLATION c (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX')",
                        "~ collation c: ctype POSIX, before none"),
                planted(
                        "a collation's provider",
                        "CREATE COLLATION c (provider = libc, locale = 'C')",
                        "DROP COLLATION c; CREATE COLLATION c (provider = icu, locale = 'de')",
                        "~ collation c: locale de, before C; provider icu, before libc"),
                planted(
                        "a collation that takes different texts for equal",
                        "CREATE COLLATION c (provider = icu, locale = 'de')",
                        "DROP COLLATION c; CREATE COLLATION c (provider = icu, locale = 'de', deterministic = false)",
                        "~ collation c: deterministic no, before none"),
                since(
                        16,
                        "a collation's rules",
                        "CREATE COLLATION c (provider = icu, locale = 'de')",
                        "DROP COLLATION c; CREATE COLLATION c (provider = icu, locale = 'de', rules = '&a < b')",
                        "~ collation c: rules &a < b, before none"),
                planted(
                        "a collation's owner",
                        "CREATE COLLATION c (provider = libc, locale = 'C')",
                        "ALTER COLLATION c OWNER TO pg_monitor",
                        "+ owner c (on collation, role pg_monitor)"),
                planted(
                        "a conversion's being the default",
                        "CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
                        "DROP CONVERSION c; CREATE DEFAULT CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
                        "~ conversion c: default yes, before none"),
                planted(
                        "a conversion's owner",
                        "CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
                        "ALTER CONVERSION c OWNER TO pg_monitor",
                        "+ owner c (on conversion, role pg_monitor)"),
                planted(
                        "an operator's relatives and uses",
                        "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)",
                        "DROP OPERATOR === (integer, integer); CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = ====, NEGATOR = !==, JOIN = eqjoinsel, HASHES, MERGES)",
                        """
                        + operator !==(integer, integer) (negator ===(integer,integer))
                        ~ operator ===(integer, integer): commutator ====(integer,integer), before none; hashes yes, before none; join eqjoinsel, before none; merges yes, before none; negator !==(integer,integer), before none
                        + operator ====(integer, integer) (commutator ===(integer,integer))"""),
                planted(
                        "an operator with one operand",
                        "",
                        "CREATE OPERATOR === (FUNCTION = int4abs, RIGHTARG = integer)",
                        "+ operator ===(none, integer) (function int4abs(integer))"),
                planted(
                        "an operator's owner",
                        "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)",
                        "ALTER OPERATOR === (integer, integer) OWNER TO pg_monitor",
                        "+ owner ===(integer, integer) (on operator, role pg_monitor)"),
                planted(
                        "an operator class's owner",
                        "CREATE OPERATOR CLASS k FOR TYPE integer USING hash AS OPERATOR 1 =",
                        "ALTER OPERATOR CLASS k USING hash OWNER TO pg_monitor",
                        "+ owner k using hash (on operator-class, role pg_monitor)"),
                planted(
                        "an operator family's owner",
                        "CREATE OPERATOR CLASS k FOR TYPE integer USING hash AS OPERATOR 1 =",
                        "ALTER OPERATOR FAMILY k USING hash OWNER TO pg_monitor",
                        "+ owner k using hash (on operator-family, role pg_monitor)"),
                planted(
                        "an operator class's being the default",
                        "CREATE TYPE e AS ENUM ('a'); CREATE OPERATOR CLASS k FOR TYPE e USING hash AS STORAGE e",
                        "DROP OPERATOR CLASS k USING hash; CREATE OPERATOR CLASS k DEFAULT FOR TYPE e USING hash FAMILY k AS STORAGE e",
                        "~ operator-class k using hash: default yes, before none"),
                planted(
                        "the storage type of an operator class",
                        "CREATE TYPE c AS (a integer); CREATE OPERATOR FAMILY k USING gist; CREATE OPERATOR CLASS k FOR TYPE c USING gist FAMILY k AS STORAGE c",
                        "DROP OPERATOR CLASS k USING gist; CREATE OPERATOR CLASS k FOR TYPE c USING gist FAMILY k AS STORAGE box",
                        "~ operator-class k using gist: storage box, before none"),
                planted(
                        "a cast's function",
                        "CREATE TYPE c AS (a integer); CREATE FUNCTION f(c) RETURNS text LANGUAGE sql AS 'SELECT 1::text'; CREATE CAST (c AS text) WITH INOUT",
                        "DROP CAST (c AS text); CREATE CAST (c AS text) WITH FUNCTION f(c) AS IMPLICIT",
                        "~ cast c as text: context implicit, before none; function f(c), before none; method gone, before inout"),
                planted(
                        "a text search parser",
                        "",
                        "CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)",
                        "+ text-search-parser p (end prsd_end, start prsd_start, token prsd_nexttoken, token types prsd_lextype)"),
                planted(
                        "a text search parser's headline",
                        "CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)",
                        "DROP TEXT SEARCH PARSER p; CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline)",
                        "~ text-search-parser p: headline prsd_headline, before none"),
                planted(
                        "a text search template",
                        "",
                        "CREATE TEXT SEARCH TEMPLATE m (LEXIZE = dsimple_lexize)",
                        "+ text-search-template m (lexize dsimple_lexize)"),
                planted(
                        "a text search template's start",
                        "CREATE TEXT SEARCH TEMPLATE m (LEXIZE = dsimple_lexize)",
                        "DROP TEXT SEARCH TEMPLATE m; CREATE TEXT SEARCH TEMPLATE m (LEXIZE = dsynonym_lexize, INIT = dsynonym_init)",
                        "~ text-search-template m: init dsynonym_init, before none; lexize dsynonym_lexize, before dsimple_lexize"),
                planted(
                        "a text search configuration's parser",
                        "CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype); CREATE TEXT SEARCH CONFIGURATION c (PARSER = default)",
                        "DROP TEXT SEARCH CONFIGURATION c; CREATE TEXT SEARCH CONFIGURATION c (PARSER = p)",
                        "~ text-search-configuration c: parser p, before default"),
                planted(
                        "a text search dictionary's template",
                        "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)",
                        "DROP TEXT SEARCH DICTIONARY d; CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, Language = english)",
                        "~ text-search-dictionary d: options language = 'english', before none; template snowball, before simple"));
    }
}
