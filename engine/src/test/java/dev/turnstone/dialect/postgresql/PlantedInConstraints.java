package dev.turnstone.dialect.postgresql;

import static dev.turnstone.dialect.postgresql.Planted.planted;
import static dev.turnstone.dialect.postgresql.Planted.since;

import java.util.List;

/** Differences in constraints of tables. */
final class PlantedInConstraints {

    private static final String TABLE = "CREATE TABLE t (a integer, b text, c numeric(8, 2));";
    private static final String TWO_TABLES = TABLE + "CREATE TABLE u (id integer PRIMARY KEY, x integer, y integer);";

    private PlantedInConstraints() {}

    private static Planted foreignKey(String name, String clause, String expected) {
        String add = "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u ";
        return planted(
                "a foreign key's " + name,
                TWO_TABLES + add,
                "ALTER TABLE t DROP CONSTRAINT k; " + add + clause,
                "~ foreign-key t.k: " + expected + ", before none");
    }

    static List<Planted> constraints() {
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
                since(
                        15,
                        "a key's tablespace",
                        "CREATE TABLE t (a int CONSTRAINT k PRIMARY KEY)",
                        "ALTER INDEX k SET TABLESPACE {tablespace}",
                        "~ primary-key t.k: tablespace {tablespace}, before none"),
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
                        "a check that is not inherited",
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
                since(
                        18,
                        "a foreign key over a period",
                        "CREATE TABLE u (id int4range, p int4range, CONSTRAINT u_key PRIMARY KEY (id, p));"
                                + "CREATE TABLE t (a int4range, p int4range, CONSTRAINT k FOREIGN KEY (a, p) REFERENCES u)",
                        "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE u DROP CONSTRAINT u_key, ADD CONSTRAINT u_key PRIMARY KEY (id, p WITHOUT OVERLAPS);"
                                + "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a, PERIOD p) REFERENCES u (id, PERIOD p)",
                        """
                        ~ primary-key u.u_key: without overlaps yes, before none
                        ~ foreign-key t.k: period yes, before none"""),
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
                        "a foreign key of a partition",
                        "CREATE TABLE u (id integer PRIMARY KEY); CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); ALTER TABLE p1 ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u",
                        "ALTER TABLE p ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u",
                        """
                        + foreign-key p.k (columns a, references u (id))
                        ~ foreign-key p1.k: inherited yes, before none"""),
                planted(
                        "a second parent",
                        "CREATE TABLE t (a integer); CREATE TABLE u (a integer); CREATE TABLE c (a integer) INHERITS (t)",
                        "ALTER TABLE c INHERIT u",
                        "~ table c: inherits t, u, before t"),
                planted(
                        "a foreign key that is not enforced on its own table",
                        TWO_TABLES + "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u",
                        "ALTER TABLE t DISABLE TRIGGER ALL",
                        "~ foreign-key t.k: triggers disabled on t, before none"),
                planted(
                        "a foreign key that is not enforced on the other table",
                        TWO_TABLES + "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u",
                        "ALTER TABLE u DISABLE TRIGGER ALL",
                        "~ foreign-key t.k: triggers disabled on u, before none"),
                planted(
                        "a deferred constraint that is not enforced",
                        "CREATE TABLE t (a integer CONSTRAINT k UNIQUE DEFERRABLE)",
                        "ALTER TABLE t DISABLE TRIGGER ALL",
                        "~ unique t.k: triggers disabled on t, before none"),
                planted(
                        "a comment on a constraint's index",
                        "CREATE TABLE t (a integer CONSTRAINT k UNIQUE)",
                        "COMMENT ON INDEX k IS 'hello'",
                        "~ unique t.k: index comment hello, before none"),
                planted(
                        "a comment on a constraint",
                        TABLE + "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)",
                        "COMMENT ON CONSTRAINT k ON t IS 'hello'",
                        "+ comment t.k (on check, text hello)"));
    }
}
