package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.dialect.postgresql.catalog.CatalogQueryRunner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A read leaves the connection unchanged. */
class ConnectionStateAfterReadTests {

    private static final PostgresDialect DIALECT = PostgresDialect.INSTANCE;

    private static String settings(Connection connection) throws SQLException {
        return query(
                connection,
                "SELECT string_agg(name || '=' || setting, E'\\n' ORDER BY name) FROM pg_settings"
                        + " WHERE name NOT IN ('transaction_read_only')");
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static boolean inTransaction(Connection connection) {
        try {
            connection.setReadOnly(connection.isReadOnly());
            return false;
        } catch (SQLException inTransaction) {
            return true;
        }
    }

    @Test
    void autocommitStaysOn() throws SQLException {
        try (InSchema in = new InSchema("found")) {
            in.run(
                    "CREATE TABLE t (a int); INSERT INTO t VALUES (1); SET search_path TO ''; SET timezone TO 'Asia/Tokyo'");
            String before = settings(in.connection);

            assertThat(DIALECT.read(in.connection, Scope.schema(in.schema)).tables())
                    .hasSize(1);
            assertThat(DIALECT.readRows(in.connection, Scope.schema(in.schema))).hasSize(1);

            assertThat(settings(in.connection)).isEqualTo(before);
            assertThat(inTransaction(in.connection)).isFalse();
        }
    }

    @Test
    void anOpenTransactionStaysOpen() throws SQLException {
        try (InSchema in = new InSchema("found")) {
            in.connection.setAutoCommit(false);
            in.run(
                    "CREATE TABLE t (a int); INSERT INTO t VALUES (1); SET LOCAL search_path TO pg_catalog; SET LOCAL timezone TO 'Asia/Tokyo'");
            String before = settings(in.connection);

            assertThat(DIALECT.read(in.connection, Scope.schema(in.schema)).tables())
                    .hasSize(1);
            assertThat(DIALECT.readRows(in.connection, Scope.schema(in.schema))).hasSize(1);

            assertThat(settings(in.connection)).isEqualTo(before);
            assertThat(inTransaction(in.connection)).isTrue();
            in.connection.rollback();
            assertThat(DIALECT.hasTable(in.connection, in.schema, "t")).isFalse();
        }
    }

    @Test
    void aTransactionBegunBySqlStaysOpen() throws SQLException {
        try (InSchema in = new InSchema("found")) {
            in.run("BEGIN; CREATE TABLE t (a int)");
            String before = settings(in.connection);

            assertThat(DIALECT.read(in.connection, Scope.schema(in.schema)).tables())
                    .hasSize(1);

            assertThat(settings(in.connection)).isEqualTo(before);
            in.run("ROLLBACK");
            assertThat(DIALECT.hasTable(in.connection, in.schema, "t")).isFalse();
        }
    }

    @Test
    void noTransactionBeginsWithoutAutocommit() throws SQLException {
        try (InSchema in = new InSchema("found")) {
            in.connection.setAutoCommit(false);

            assertThat(DIALECT.read(in.connection, Scope.schema(in.schema)).isEmpty())
                    .isTrue();

            assertThat(inTransaction(in.connection)).isFalse();
        }
    }

    @Test
    void aReadOnlyTransactionStaysOpen() throws SQLException {
        try (InSchema in = new InSchema("found")) {
            in.connection.setReadOnly(true);
            in.connection.setAutoCommit(false);
            query(in.connection, "SELECT 1");

            assertThat(DIALECT.read(in.connection, Scope.schema(in.schema)).isEmpty())
                    .isTrue();

            assertThat(query(in.connection, "SHOW transaction_read_only")).isEqualTo("on");
        }
    }

    @Test
    void theSimpleProtocolWorks() throws SQLException {
        try (InSchema in = new InSchema("found");
                Connection simple = PostgresForTests.connect("preferQueryMode=simple")) {
            in.run("CREATE TABLE t (a int)");
            String before = settings(simple);

            assertThat(DIALECT.read(simple, Scope.schema(in.schema)).tables()).hasSize(1);
            assertThat(settings(simple)).isEqualTo(before);
        }
    }

    @Test
    void aFailedReadDoesNotEndTheTransaction() throws SQLException {
        try (InSchema in = new InSchema("found")) {
            in.connection.setAutoCommit(false);
            in.run("CREATE TABLE t (a int)");
            CatalogQueryRunner runner = new CatalogQueryRunner(in.schema);

            assertThatThrownBy(() -> runner.query(in.connection, "SELECT 1 / 0", rows -> rows.next()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("division by zero");

            assertThat(DIALECT.hasTable(in.connection, in.schema, "t")).isTrue();
        }
    }

    @Test
    void noLockIsKept() throws SQLException {
        try (InSchema in = new InSchema("found")) {
            in.run("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; INSERT INTO t VALUES (1)");
            in.connection.setAutoCommit(false);
            query(in.connection, "SELECT 1");

            DIALECT.read(in.connection, Scope.schema(in.schema));
            DIALECT.readRows(in.connection, Scope.schema(in.schema));

            try (Connection other = PostgresForTests.connect()) {
                assertThat(query(
                                other,
                                "SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
                                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '"
                                        + in.schema + "'"))
                        .isEqualTo("0");
            }
        }
    }
}
