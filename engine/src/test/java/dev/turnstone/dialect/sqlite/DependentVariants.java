package dev.turnstone.dialect.sqlite;

import static dev.turnstone.dialect.sqlite.DefinitionVariants.row;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The rows of {@link DefinitionVariants} for objects that depend on tables, and for virtual tables. */
final class DependentVariants {

    private DependentVariants() {}

    static Stream<Arguments> definitions() {
        return Stream.of(
                row(
                        "index",
                        "CREATE TABLE t (a, b);CREATE INDEX i ON t (a)",
                        "CREATE TABLE t (a, b);create index \"i\" on [T] ( ( \"A\" ) asc )",
                        "CREATE TABLE t (a, b);CREATE INDEX i ON t (b)",
                        "~ index i: keys b, before a"),
                row(
                        "index columns",
                        "CREATE TABLE t (a, b);CREATE INDEX i ON t (a, b)",
                        "CREATE TABLE t (a, b);CREATE INDEX i ON t (a,b)",
                        "CREATE TABLE t (a, b);CREATE INDEX i ON t (b, a)",
                        "~ index i: keys b, a, before a, b"),
                row(
                        "index's table",
                        "CREATE TABLE t (a);CREATE TABLE u (a);CREATE INDEX i ON t (a)",
                        "CREATE TABLE u (a);CREATE TABLE t (a);CREATE INDEX i ON t (a)",
                        "CREATE TABLE t (a);CREATE TABLE u (a);CREATE INDEX i ON u (a)",
                        "~ index i: on u, before t"),
                row(
                        "unique index",
                        "CREATE TABLE t (a);CREATE UNIQUE INDEX i ON t (a)",
                        "CREATE TABLE t (a);create  unique index if not exists i on t(a)",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a)",
                        "~ index i: unique gone, before yes"),
                row(
                        "index direction",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a DESC)",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a desc)",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a)",
                        "~ index i: keys a, before a desc"),
                row(
                        "index collation",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a COLLATE NOCASE)",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a collate \"NoCase\")",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a COLLATE BINARY)",
                        "~ index i: keys a, before a collate nocase"),
                row(
                        "index expression",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (lower(a) DESC, a || 'X')",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (LOWER( \"a\" ) desc, (a||\"X\"))",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (upper(a) DESC, a || 'X')",
                        "~ index i: keys (upper(a)) desc, (a || 'X'), before (lower(a)) desc, (a || 'X')"),
                row(
                        "index predicate",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a) WHERE a IS NOT NULL",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a) where ( \"A\" is not null )",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a) WHERE a IS NULL",
                        "~ index i: where a is null, before a is not null"),
                row(
                        "view",
                        "CREATE TABLE t (a);CREATE VIEW v AS SELECT a, 'X' AS x FROM t WHERE a > -1",
                        "CREATE TABLE t (a);create view \"v\" as select \"A\",'X' AS \"x\" from [t] /* c */\nwhere a>-1",
                        "CREATE TABLE t (a);CREATE VIEW v AS SELECT a, 'x' AS x FROM t WHERE a > -1",
                        "~ view v: query select a, 'x' as x from t where a > -1,"
                                + " before select a, 'X' as x from t where a > -1"),
                row(
                        "view's column names",
                        "CREATE TABLE t (a);CREATE VIEW v (x) AS SELECT a FROM t",
                        "CREATE TABLE t (a);CREATE VIEW v(\"x\") AS SELECT a FROM t",
                        "CREATE TABLE t (a);CREATE VIEW v AS SELECT a FROM t",
                        "~ view v: columns gone, before x"),
                row(
                        "trigger body",
                        "CREATE TABLE t (a);CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END",
                        "CREATE TABLE t (a);create trigger `g` after insert on T for each row begin"
                                + " delete from \"t\" ; end",
                        "CREATE TABLE t (a);CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t WHERE a = 1; END",
                        "~ trigger t.g: body begin delete from t where a = 1; end, before begin delete from t; end"),
                row(
                        "trigger timing",
                        "CREATE TABLE t (a);CREATE TRIGGER g INSERT ON t BEGIN SELECT 1; END",
                        "CREATE TABLE t (a);CREATE TRIGGER g before INSERT ON t BEGIN SELECT 1; END",
                        "CREATE TABLE t (a);CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
                        "~ trigger t.g: timing after, before before"),
                row(
                        "trigger event",
                        "CREATE TABLE t (a, b);CREATE TRIGGER g AFTER UPDATE OF a, b ON t BEGIN SELECT 1; END",
                        "CREATE TABLE t (a, b);CREATE TRIGGER g AFTER UPDATE OF \"B\", a ON t BEGIN SELECT 1; END",
                        "CREATE TABLE t (a, b);CREATE TRIGGER g AFTER UPDATE ON t BEGIN SELECT 1; END",
                        "~ trigger t.g: event update, before update of a, b"),
                row(
                        "trigger condition",
                        "CREATE TABLE t (a);CREATE TRIGGER g AFTER UPDATE ON t WHEN new.a > 1 BEGIN SELECT 1; END",
                        "CREATE TABLE t (a);CREATE TRIGGER g AFTER UPDATE ON t WHEN (NEW.\"a\">1) BEGIN SELECT 1; END",
                        "CREATE TABLE t (a);CREATE TRIGGER g AFTER UPDATE ON t BEGIN SELECT 1; END",
                        "~ trigger t.g: when gone, before new.a > 1"),
                row(
                        "trigger on a view",
                        "CREATE VIEW v AS SELECT 1 a;CREATE TRIGGER g INSTEAD OF DELETE ON v BEGIN SELECT 1; END",
                        "CREATE VIEW v AS SELECT 1 \"a\";CREATE TRIGGER g instead of delete ON V BEGIN SELECT 1; END",
                        "CREATE VIEW v AS SELECT 1 a",
                        "- trigger v.g (body begin select 1; end, event delete, timing instead of)"),
                row(
                        "virtual table",
                        "CREATE VIRTUAL TABLE f USING fts5 (a, b, tokenize = 'ascii')",
                        "create virtual table \"f\" using FTS5(a,b,  tokenize  =  'ascii' )",
                        "CREATE VIRTUAL TABLE f USING fts5 (a, b, tokenize = 'porter')",
                        "~ table f: arguments a, b, tokenize = 'porter', before a, b, tokenize = 'ascii'"),
                row(
                        "virtual table's module",
                        "CREATE VIRTUAL TABLE f USING fts4 (a)",
                        "CREATE VIRTUAL TABLE IF NOT EXISTS f USING \"fts4\" ( a )",
                        "CREATE VIRTUAL TABLE f USING fts3 (a)",
                        "~ table f: virtual fts3, before fts4"),
                row(
                        "index with one column more",
                        "CREATE TABLE t (a, b);CREATE INDEX i ON t (a)",
                        "CREATE TABLE t (a, b);CREATE INDEX i ON \"t\" (\"a\")",
                        "CREATE TABLE t (a, b);CREATE INDEX i ON t (a, b)",
                        "~ index i: keys a, b, before a"),
                row(
                        "index's name",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a)",
                        "CREATE TABLE t (a);CREATE INDEX [i] ON t (a)",
                        "CREATE TABLE t (a);CREATE INDEX j ON t (a)",
                        "- index i",
                        "+ index j"),
                row(
                        "unique constraint or unique index",
                        "CREATE TABLE t (a UNIQUE)",
                        "CREATE TABLE t (a, UNIQUE (a))",
                        "CREATE TABLE t (a);CREATE UNIQUE INDEX i ON t (a)",
                        "- unique t.(a) (columns a)",
                        "+ index i (keys a, on t, unique yes)"),
                row(
                        "view or table",
                        "CREATE VIEW v AS SELECT 1 AS a",
                        "CREATE VIEW \"v\" AS SELECT 1 AS \"a\"",
                        "CREATE TABLE v (a)",
                        "- view v (query select 1 as a)",
                        "+ table v"),
                row(
                        "index without predicate",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a) WHERE a > 1",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a) where (\"A\">1)",
                        "CREATE TABLE t (a);CREATE INDEX i ON t (a)",
                        "~ index i: where gone, before a > 1"));
    }
}
