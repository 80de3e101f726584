package dev.turnstone.dialect.postgresql;

import static dev.turnstone.dialect.postgresql.Planted.planted;
import static dev.turnstone.dialect.postgresql.Planted.since;

import java.util.List;

/** Differences in indexes, statistics and views. */
final class PlantedInIndexes {

    private static final String TABLE = "CREATE TABLE t (a integer, b text, c numeric(8, 2));";
    private static final String INDEX = TABLE + "CREATE INDEX i ON t (b);";
    private static final String PARTITIONED = "CREATE TABLE p (a integer, b text) PARTITION BY LIST (a);";

    private PlantedInIndexes() {}

    private static Planted index(String name, String definition, String expected) {
        return planted("an index's " + name, INDEX, "DROP INDEX i; " + definition, "~ index i: " + expected);
    }

    static List<Planted> indexes() {
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
                        "an index attached to the index of the partitioned table",
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
                since(
                        15,
                        "an index's tablespace",
                        INDEX,
                        "ALTER INDEX i SET TABLESPACE {tablespace}",
                        "~ index i: tablespace {tablespace}, before none"),
                planted(
                        "an index that depends on an extension",
                        INDEX,
                        "ALTER INDEX i DEPENDS ON EXTENSION plpgsql",
                        "~ index i: depends on extensions plpgsql, before none"),
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

    static List<Planted> views() {
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
                since(
                        15,
                        "a materialized view's tablespace",
                        stored,
                        "ALTER MATERIALIZED VIEW v SET TABLESPACE {tablespace}",
                        "~ materialized-view v: tablespace {tablespace}, before none"),
                since(
                        14,
                        "a materialized view's compression",
                        stored,
                        "ALTER MATERIALIZED VIEW v ALTER b SET COMPRESSION pglz",
                        "+ column v.b (compression pglz)"),
                planted(
                        "storage parameters of a materialized view's toast table",
                        stored,
                        "ALTER MATERIALIZED VIEW v SET (toast.autovacuum_enabled = off)",
                        "~ materialized-view v: toast with autovacuum_enabled=off, before none"),
                planted(
                        "a materialized view that depends on an extension",
                        stored,
                        "ALTER MATERIALIZED VIEW v DEPENDS ON EXTENSION plpgsql",
                        "~ materialized-view v: depends on extensions plpgsql, before none"),
                planted(
                        "a view's trigger",
                        view + "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';",
                        "CREATE TRIGGER r INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION g()",
                        "+ trigger v.r (events insert, function g(), level row, timing instead of)"));
    }
}
