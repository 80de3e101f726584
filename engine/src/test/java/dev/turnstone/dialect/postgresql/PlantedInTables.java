package dev.turnstone.dialect.postgresql;

import static dev.turnstone.dialect.postgresql.Planted.planted;
import static dev.turnstone.dialect.postgresql.Planted.since;

import java.util.List;

/** Differences in tables and their columns. */
final class PlantedInTables {

    private static final String TABLE = "CREATE TABLE t (a integer, b text, c numeric(8, 2));";
    private static final String PARTITIONED = "CREATE TABLE p (a integer, b text) PARTITION BY LIST (a);";

    private PlantedInTables() {}

    static List<Planted> tables() {
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
                since(
                        15,
                        "a tablespace",
                        TABLE,
                        "ALTER TABLE t SET TABLESPACE {tablespace}",
                        "~ table t: tablespace {tablespace}, before none"),
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

    static List<Planted> columns() {
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
                since(
                        15,
                        "an identity that is unlogged",
                        "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)",
                        "ALTER SEQUENCE t_a_seq SET UNLOGGED",
                        "~ column t.a: identity unlogged yes, before none"),
                planted(
                        "a comment on an identity's sequence",
                        "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)",
                        "COMMENT ON SEQUENCE t_a_seq IS 'hello'",
                        "~ column t.a: identity comment hello, before none"),
                planted(
                        "a grant on an identity's sequence",
                        "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)",
                        "GRANT USAGE ON SEQUENCE t_a_seq TO PUBLIC; GRANT UPDATE, SELECT ON SEQUENCE t_a_seq TO pg_monitor",
                        "~ column t.a: identity grants pg_monitor select, pg_monitor update, public usage, before none"),
                planted(
                        "an identity's sequence by another name that ends the same",
                        "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)",
                        "ALTER SEQUENCE t_a_seq RENAME TO other_seq",
                        "~ column t.a: identity sequence other_seq, before none"),
                since(
                        18,
                        "a nullability that old rows need not have",
                        "CREATE TABLE t (a integer); ALTER TABLE t ADD CONSTRAINT n NOT NULL a",
                        "ALTER TABLE t DROP CONSTRAINT n; ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID",
                        "~ column t.a: not null not valid, before none"),
                since(
                        18,
                        "a nullability that is not inherited",
                        "CREATE TABLE t (a integer); ALTER TABLE t ADD CONSTRAINT n NOT NULL a",
                        "ALTER TABLE t DROP CONSTRAINT n; ALTER TABLE t ADD CONSTRAINT n NOT NULL a NO INHERIT",
                        "~ column t.a: not null no inherit, before none"),
                since(
                        18,
                        "a comment on a nullability",
                        "CREATE TABLE t (a integer); ALTER TABLE t ADD CONSTRAINT n NOT NULL a",
                        "COMMENT ON CONSTRAINT n ON t IS 'hello'",
                        "~ column t.a: not null comment hello, before none"),
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
}
