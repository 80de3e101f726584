package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read leaves the connection unchanged. */
class SqliteConnectionTests {

    @Test
    void readingTakesTheSameNumberOfQueriesForAnyNumberOfTables() throws SQLException {
        assertThat(statementsFor(100)).isEqualTo(statementsFor(1)).isLessThanOrEqualTo(5);
    }

    private static int statementsFor(int tables) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE VIRTUAL TABLE f USING fts5 (a)")) {
            for (int i = 0; i < tables; i++) {
                database.run(
                        "CREATE TABLE t" + i + " (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x' CHECK (a <> ''))",
                        "CREATE INDEX ix" + i + " ON t" + i + " (a)",
                        "CREATE VIEW v" + i + " AS SELECT a FROM t" + i,
                        "CREATE TRIGGER g" + i + " AFTER INSERT ON t" + i + " BEGIN SELECT 1; END");
            }
            AtomicInteger prepared = new AtomicInteger();
            int found = SqliteDialect.INSTANCE
                    .read(counting(database.connection(), prepared), SqliteFixture.MAIN)
                    .tables()
                    .size();
            assertThat(found).isEqualTo(tables + 1);
            return prepared.get();
        }
    }

    private static Connection counting(Connection connection, AtomicInteger count) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("prepare")
                            || method.getName().startsWith("createStatement")) {
                        count.incrementAndGet();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void anOpenTransactionStaysOpen() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE t (a)", "BEGIN IMMEDIATE")) {
            database.run("INSERT INTO t VALUES (1)");

            database.schema();
            database.rows();

            assertThat(database.connection().getAutoCommit()).isTrue();
            database.run("ROLLBACK");
            assertThat(database.rows()).isEmpty();
        }
    }

    @Test
    void aReadOutsideATransactionLeavesNoTransaction() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE t (a)")) {
            database.schema();
            database.rows();

            database.run("BEGIN", "COMMIT");
            assertThat(database.connection().getAutoCommit()).isTrue();
        }
    }

    @Test
    void theDriversOwnTransactionStaysOpen() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE t (a)")) {
            database.connection().setAutoCommit(false);
            database.run("INSERT INTO t VALUES (1)");

            database.schema();
            database.rows();

            assertThat(database.connection().getAutoCommit()).isFalse();
            database.connection().rollback();
            assertThat(database.rows()).isEmpty();
        }
    }

    @Test
    void aReadThatFailsLeavesNoTransaction() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE t (a)")) {
            assertThatThrownBy(() -> SqliteDialect.INSTANCE.read(database.connection(), Scope.schema("nowhere")))
                    .isInstanceOf(SQLException.class);

            database.run("BEGIN", "COMMIT");
        }
    }

    @Test
    void readingWaitsForNoWriterAndTakesNoLock(@TempDir Path directory) throws SQLException {
        String url = "jdbc:sqlite:" + directory.resolve("test.db");
        try (Connection writer = DriverManager.getConnection(url);
                Connection reader = DriverManager.getConnection(url);
                Statement statement = writer.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("CREATE TABLE u (a)");

            assertThat(SqliteDialect.INSTANCE.read(reader, SqliteFixture.MAIN).objects())
                    .containsKey(ObjectId.of(ObjectKind.TABLE, "t"))
                    .doesNotContainKey(ObjectId.of(ObjectKind.TABLE, "u"));

            statement.execute("COMMIT");
        }
    }

    @Test
    void guardsFindTablesViewsAndIndexesInAnyLetterCase() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(
                "CREATE TABLE Jobs (id INT PRIMARY KEY, a TEXT, b TEXT AS (a))",
                "CREATE INDEX ix_a ON jobs (a)",
                "CREATE VIEW v AS SELECT a FROM jobs",
                "CREATE VIEW broken AS SELECT a FROM gone",
                "CREATE TEMP TABLE elsewhere (a)")) {
            SqliteDialect dialect = SqliteDialect.INSTANCE;
            Connection connection = database.connection();

            assertThat(dialect.currentScope(connection)).isEqualTo(SqliteFixture.MAIN);
            assertThat(dialect.hasTable(connection, "main", "jobs")).isTrue();
            assertThat(dialect.hasTable(connection, "main", "V")).isTrue();
            assertThat(dialect.hasTable(connection, "main", "broken")).isTrue();
            assertThat(dialect.hasTable(connection, "main", "elsewhere")).isFalse();
            assertThat(dialect.hasTable(connection, "main", "ix_a")).isFalse();
            assertThat(dialect.hasTable(connection, "main", "j_bs")).isFalse();
            assertThat(dialect.hasIndex(connection, "main", "IX_A")).isTrue();
            assertThat(dialect.hasIndex(connection, "main", "jobs")).isFalse();
            assertThat(dialect.columns(connection, "main", "JOBS")).containsExactly("id", "a", "b");
            assertThat(dialect.columns(connection, "main", "elsewhere")).isEmpty();
            assertThat(dialect.columns(connection, "main", "v")).containsExactly("a");
            assertThat(dialect.indexes(connection, "main", "JOBS"))
                    .containsExactlyInAnyOrder("ix_a", "sqlite_autoindex_Jobs_1");
            assertThat(dialect.indexes(connection, "main", "gone")).isEmpty();
        }
    }

    @Test
    void aBrokenViewIsReadLikeAnyOther() throws SQLException {
        assertThat(SqliteFixture.schemaOf(
                                "CREATE VIEW broken AS SELECT a FROM gone", "CREATE VIRTUAL TABLE f USING fts5 (a)")
                        .view("broken"))
                .hasValueSatisfying(view -> assertThat(view.query()).isEqualTo("select a from gone"));
    }
}
