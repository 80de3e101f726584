package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.dialect.postgresql.catalog.UnreadableObjectException;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The objects of a whole database, and the limits of each scope. */
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

    @Test
    void anEmptyDatabaseContainsNothing() throws SQLException {
        try (Connection connection = PostgresForTests.connect(DATABASE, "")) {
            assertThat(PostgresDialect.INSTANCE
                            .read(connection, Scope.database("public"))
                            .objects())
                    .isEmpty();
        }
    }

    @Test
    void theScopeOfASchemaExcludesOtherSchemas() throws SQLException {
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
    void membersOfAnExtensionAreLeftOut() throws SQLException {
        try (Connection connection = PostgresForTests.connect(DATABASE, "")) {
            connection.setAutoCommit(false);
            try {
                PostgresForTests.execute(connection, "CREATE EXTENSION hstore");
            } catch (SQLException notInstalled) {
                abort(notInstalled.getMessage());
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
    void aSchemaThatTheRoleMayNotUseIsAnError() throws SQLException {
        try (InSchema in = new InSchema("closed")) {
            in.run("SET ROLE pg_monitor");
            assertThatThrownBy(() -> PostgresDialect.INSTANCE.read(in.connection, Scope.schema(in.schema)))
                    .isInstanceOf(UnreadableObjectException.class)
                    .hasMessage("The role 'pg_monitor' may not read schema " + in.schema
                            + ". Nothing was changed.\nGrant it USAGE on each, or connect as the owner.");
        }
    }

    @Test
    void aMissingSchemaIsEmpty() throws SQLException {
        try (InSchema in = new InSchema("there")) {
            assertThat(PostgresDialect.INSTANCE.read(in.connection, Scope.schema("nowhere")))
                    .isEqualTo(Schema.EMPTY);
        }
    }
}
