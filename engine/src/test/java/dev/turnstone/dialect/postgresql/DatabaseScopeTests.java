package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What belongs to a whole database, each change in a transaction that is rolled back. */
class DatabaseScopeTests {

    private static final String DATABASE = "scope_" + ProcessHandle.current().pid();

    @BeforeAll
    static void createDatabase() throws SQLException {
        try (Connection connection = PostgresForTests.connect()) {
            PostgresForTests.execute(connection, "CREATE DATABASE " + DATABASE);
        }
    }

    @AfterAll
    static void dropDatabase() throws SQLException {
        try (Connection connection = PostgresForTests.connect()) {
            PostgresForTests.execute(connection, "DROP DATABASE " + DATABASE);
        }
    }

    static Stream<Arguments> changes() {
        String function = "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';";
        String table = "CREATE TABLE t (a int PRIMARY KEY, b int);";
        return Stream.of(
                change(12, "", "CREATE SCHEMA s", "+ schema s"),
                change(12, "CREATE SCHEMA s", "CREATE TABLE s.t (a int)", "+ table s.t"),
                change(
                        12,
                        "CREATE SCHEMA s; CREATE TABLE s.t (a int)",
                        "ALTER TABLE s.t ADD b int",
                        "+ column s.t.b (nullable yes, type integer)"),
                change(
                        12,
                        "CREATE SCHEMA s; CREATE TABLE s.t (a int PRIMARY KEY); CREATE TABLE t (a int)",
                        "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES s.t",
                        "+ foreign-key t.k (columns a, references s.t (a))"),
                change(12, "CREATE SCHEMA s", "COMMENT ON SCHEMA s IS 'hello'", "+ comment s (on schema, text hello)"),
                change(
                        12,
                        "CREATE SCHEMA s",
                        "GRANT USAGE ON SCHEMA s TO PUBLIC",
                        "+ grant s (on schema, public usage)"),
                change(
                        12,
                        "CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ('a')",
                        "ALTER TYPE s.e ADD VALUE 'b'",
                        "~ enum s.e: values 'a', 'b', before 'a'"),
                change(
                        12,
                        function,
                        "CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION f()",
                        "+ event-trigger e (event ddl_command_end, function f, tags CREATE TABLE)"),
                change(
                        12,
                        function + "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
                        "ALTER EVENT TRIGGER e DISABLE",
                        "~ event-trigger e: state disabled, before none"),
                change(
                        12,
                        table,
                        "CREATE PUBLICATION p FOR TABLE t WITH (publish = 'insert')",
                        "+ publication p (operations insert, tables t)"),
                change(
                        15,
                        table + "CREATE PUBLICATION p FOR TABLE t",
                        "ALTER PUBLICATION p SET TABLE t (a) WHERE (a > 1)",
                        "~ publication p: tables t (a) where (a > 1), before t"),
                change(
                        15,
                        table,
                        "CREATE PUBLICATION p FOR TABLES IN SCHEMA public",
                        "+ publication p (schemas $schema)"),
                change(
                        12,
                        table + "CREATE PUBLICATION p FOR TABLE t",
                        "GRANT CREATE ON DATABASE " + DATABASE
                                + " TO pg_monitor; ALTER PUBLICATION p OWNER TO pg_monitor",
                        "+ owner p (on publication, role pg_monitor)"),
                change(12, "", "CREATE FOREIGN DATA WRAPPER w", "+ foreign-data-wrapper w"),
                change(
                        12,
                        "CREATE FOREIGN DATA WRAPPER w",
                        "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h')",
                        "+ foreign-server s (options host=h, wrapper w)"),
                change(
                        12,
                        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w",
                        "CREATE FOREIGN TABLE t (a int) SERVER s OPTIONS (x 'y')",
                        "+ table t (foreign options x=y, server s)"),
                change(
                        12,
                        "",
                        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
                        "+ grant default privileges on tables everywhere (public select)"),
                change(
                        12,
                        "",
                        "CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler",
                        "+ access-method m (handler heap_tableam_handler, type table)"));
    }

    private static Arguments change(int since, String before, String change, String expected) {
        return Arguments.of(since, before, change, expected);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isFoundAndNothingElse(int since, String before, String change, String expected) throws SQLException {
        assumeTrue(PostgresForTests.isAtLeast(since));
        try (Connection connection = PostgresForTests.connect(DATABASE, "")) {
            connection.setAutoCommit(false);
            PostgresForTests.execute(connection, before);
            Schema old = PostgresDialect.INSTANCE.read(connection, Scope.database("public"));
            PostgresForTests.execute(connection, change);
            Schema now = PostgresDialect.INSTANCE.read(connection, Scope.database("public"));

            assertThat(SchemaDiff.between(old, now).toString())
                    .startsWith(expected)
                    .doesNotContain("\n");
        }
    }

    @Test
    void anEmptyDatabaseHoldsNothing() throws SQLException {
        try (Connection connection = PostgresForTests.connect(DATABASE, "")) {
            assertThat(PostgresDialect.INSTANCE
                            .read(connection, Scope.database("public"))
                            .objects())
                    .isEmpty();
        }
    }

    @Test
    void oneSchemaIsBlindToAllOthers() throws SQLException {
        try (Connection connection = PostgresForTests.connect(DATABASE, "")) {
            connection.setAutoCommit(false);
            PostgresForTests.execute(connection, """
                    CREATE SCHEMA s; CREATE TABLE s.t (a serial); CREATE TYPE s.e AS ENUM ('a'); CREATE VIEW s.v AS SELECT 1;
                    CREATE FOREIGN DATA WRAPPER w; CREATE PUBLICATION p FOR ALL TABLES;
                    """);
            assertThat(PostgresDialect.INSTANCE
                            .read(connection, Scope.schema("public"))
                            .objects())
                    .isEmpty();
        }
    }

    @Test
    void whatAnExtensionBringsIsTheExtensions() throws SQLException {
        try (Connection connection = PostgresForTests.connect(DATABASE, "")) {
            connection.setAutoCommit(false);
            try {
                PostgresForTests.execute(connection, "CREATE EXTENSION hstore");
            } catch (SQLException notInstalled) {
                assumeTrue(false, notInstalled.getMessage());
            }
            assertThat(PostgresDialect.INSTANCE
                            .read(connection, Scope.schema("public"))
                            .objects())
                    .isEmpty();
            assertThat(PostgresDialect.INSTANCE
                            .read(connection, Scope.database("public"))
                            .objects()
                            .keySet())
                    .hasToString("[extension hstore]");
        }
    }

    @Test
    void aSchemaThatTheRoleMayNotUseIsSaid() throws SQLException {
        try (InSchema in = new InSchema("closed")) {
            in.run("SET ROLE pg_monitor");
            assertThatThrownBy(() -> PostgresDialect.INSTANCE.read(in.connection, Scope.schema(in.schema)))
                    .isInstanceOf(UnreadableObjectException.class)
                    .hasMessage("The role 'pg_monitor' may not read schema " + in.schema
                            + ". Nothing was changed.\nGrant it USAGE on each, or connect as the owner.");
        }
    }

    @Test
    void aSchemaThatIsNotThereIsEmpty() throws SQLException {
        try (InSchema in = new InSchema("there")) {
            assertThat(PostgresDialect.INSTANCE.read(in.connection, Scope.schema("nowhere")))
                    .isEqualTo(Schema.EMPTY);
        }
    }
}
