package dev.turnstone.dialect.postgresql.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.sql.SQLException;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class RowReaderTests {

    private static SortedMap<ObjectId, TableRows> rows(InSchema in) throws SQLException {
        return PostgresDialect.INSTANCE.readRows(in.connection, Scope.schema(in.schema));
    }

    private static ObjectId of(String table) {
        return ObjectId.of(ObjectKind.ROW, table);
    }

    @Test
    void aTableWithoutRowsIsLeftOut() throws SQLException {
        try (InSchema in = new InSchema("rows")) {
            in.run("CREATE TABLE t (a int); CREATE TABLE u (a int); INSERT INTO u VALUES (1); DELETE FROM u");
            assertThat(rows(in)).isEmpty();
        }
    }

    @Test
    void theOrderOfRowsIsIgnored() throws SQLException {
        try (InSchema one = new InSchema("rows");
                InSchema other = new InSchema("rows")) {
            one.run("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x'), (2, NULL), (2, NULL)");
            other.run("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (2, NULL), (1, 'x'), (2, NULL)");
            assertThat(rows(one)).isEqualTo(rows(other)).containsOnlyKeys(of("t"));
            assertThat(rows(one).values()).extracting(TableRows::count).containsExactly(3L);
        }
    }

    @Test
    void oneChangedValueIsDetected() throws SQLException {
        try (InSchema in = new InSchema("rows")) {
            in.run("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x'), (2, NULL)");
            SortedMap<ObjectId, TableRows> before = rows(in);
            in.run("UPDATE t SET b = '' WHERE a = 2");
            assertThat(rows(in)).isNotEqualTo(before);
        }
    }

    @Test
    void anotherPairOfEqualRowsIsDetected() throws SQLException {
        try (InSchema in = new InSchema("rows")) {
            in.run("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1), (2)");
            SortedMap<ObjectId, TableRows> before = rows(in);
            in.run("UPDATE t SET a = 3 WHERE a = 1");
            assertThat(rows(in)).isNotEqualTo(before);
        }
    }

    @Test
    void theSettingsOfTheSessionAreIgnored() throws SQLException {
        try (InSchema in = new InSchema("rows")) {
            in.run("CREATE TABLE t (a timestamptz, b interval, c float8, d bytea, e json, f point);"
                    + " INSERT INTO t VALUES (now(), '1 day 2 hours', 0.1::float8 / 3, '\\xff', '{}', '(1, 2)')");
            SortedMap<ObjectId, TableRows> before = rows(in);
            in.run("SET timezone TO 'Asia/Tokyo'; SET intervalstyle TO iso_8601; SET extra_float_digits TO -5;"
                    + " SET bytea_output TO escape");
            assertThat(rows(in)).isEqualTo(before);
        }
    }

    @Test
    void partitionsAreReadAndPartitionedTablesAndMaterializedViewsAreNot() throws SQLException {
        try (InSchema in = new InSchema("rows")) {
            in.run(
                    "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
                            + " INSERT INTO p VALUES (1); CREATE MATERIALIZED VIEW m AS SELECT * FROM p;"
                            + " CREATE TABLE base (a int); CREATE TABLE child () INHERITS (base); INSERT INTO child VALUES (1)");
            assertThat(rows(in)).containsOnlyKeys(of("p1"), of("child"));
        }
    }

    @Test
    void columnsAndTablesWithUnusualNamesAreRead() throws SQLException {
        try (InSchema in = new InSchema("rows")) {
            in.run("CREATE TABLE \"a %s \"\" {}\" (looked_at int, hash text, t int); "
                    + "INSERT INTO \"a %s \"\" {}\" VALUES (1, 'x', 2)");
            SortedMap<ObjectId, TableRows> before = rows(in);
            assertThat(before).containsOnlyKeys(of("a %s \" {}"));
            in.run("UPDATE \"a %s \"\" {}\" SET hash = 'y'");
            assertThat(rows(in)).isNotEqualTo(before);
        }
    }

    @Test
    void rowsOfOtherSchemasHaveTheNameOfTheirSchema() throws SQLException {
        try (InSchema in = new InSchema("rows");
                InSchema other = new InSchema("rows")) {
            in.run("CREATE TABLE t (a int); INSERT INTO t VALUES (1)");
            other.run("CREATE TABLE t (a int); INSERT INTO t VALUES (1)");
            assertThat(PostgresDialect.INSTANCE.readRows(in.connection, Scope.database(in.schema)))
                    .containsKeys(of("t"), ObjectId.of(ObjectKind.ROW, other.schema, "t"));
        }
    }

    @Test
    void aTableThatTheRoleMayNotReadIsAnError() throws SQLException {
        try (InSchema in = new InSchema("rows")) {
            in.run("CREATE TABLE secret (a int); INSERT INTO secret VALUES (1);" + " GRANT USAGE ON SCHEMA "
                    + in.quoted() + " TO pg_monitor; SET ROLE pg_monitor");
            assertThatThrownBy(() -> rows(in))
                    .isInstanceOf(UnreadableObjectException.class)
                    .hasMessage(
                            "The role 'pg_monitor' may not read table " + in.schema + ".secret. Nothing was changed.\n"
                                    + "Grant it SELECT (and BYPASSRLS where row security is on) on each, or connect as the owner.");
        }
    }

    @Test
    void rowsHiddenByAPolicyAreAnError() throws SQLException {
        try (InSchema in = new InSchema("rows")) {
            in.run("CREATE TABLE t (a int); INSERT INTO t VALUES (1); ALTER TABLE t ENABLE ROW LEVEL SECURITY;"
                    + " GRANT SELECT ON t TO pg_monitor; GRANT USAGE ON SCHEMA " + in.quoted()
                    + " TO pg_monitor; SET ROLE pg_monitor");
            assertThatThrownBy(() -> rows(in)).isInstanceOf(UnreadableObjectException.class);
        }
    }
}
