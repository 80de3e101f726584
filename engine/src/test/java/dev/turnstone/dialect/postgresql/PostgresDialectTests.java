package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresDialectTests {

    private static final PostgresDialect DIALECT = PostgresDialect.INSTANCE;

    private static final String RELATIONS = """
            CREATE TABLE t (b int, a int PRIMARY KEY, gone int);
            ALTER TABLE t DROP COLUMN gone;
            CREATE INDEX i ON t (b);
            CREATE TABLE partitioned (a int) PARTITION BY LIST (a);
            CREATE INDEX on_partitioned ON partitioned (a);
            CREATE VIEW v AS SELECT a FROM t;
            CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
            CREATE SEQUENCE s;
            """;

    @ParameterizedTest
    @ValueSource(strings = {"t", "partitioned", "v", "m"})
    void hasTable(String relation) throws SQLException {
        try (InSchema in = new InSchema("guards")) {
            in.run(RELATIONS);
            assertThat(DIALECT.hasTable(in.connection, in.schema, relation)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "i", "T", "nowhere"})
    void hasNoTable(String relation) throws SQLException {
        try (InSchema in = new InSchema("guards")) {
            in.run(RELATIONS);
            assertThat(DIALECT.hasTable(in.connection, in.schema, relation)).isFalse();
        }
    }

    @Test
    void tablesOfOtherSchemasAreIgnored() throws SQLException {
        try (InSchema in = new InSchema("guards");
                InSchema other = new InSchema("guards")) {
            other.run(RELATIONS);
            in.run("SET search_path TO " + in.quoted() + ", " + other.quoted());
            assertThat(DIALECT.hasTable(in.connection, in.schema, "t")).isFalse();
            assertThat(DIALECT.hasIndex(in.connection, in.schema, "i")).isFalse();
            assertThat(DIALECT.columns(in.connection, in.schema, "t")).isEmpty();
            assertThat(DIALECT.indexes(in.connection, in.schema, "t")).isEmpty();
        }
    }

    @Test
    void columnsAndIndexes() throws SQLException {
        try (InSchema in = new InSchema("guards")) {
            in.run(RELATIONS);
            assertThat(DIALECT.columns(in.connection, in.schema, "t")).isEqualTo(List.of("b", "a"));
            assertThat(DIALECT.indexes(in.connection, in.schema, "t")).containsExactly("i", "t_pkey");
            assertThat(DIALECT.hasIndex(in.connection, in.schema, "i")).isTrue();
            assertThat(DIALECT.hasIndex(in.connection, in.schema, "on_partitioned"))
                    .isTrue();
            assertThat(DIALECT.hasIndex(in.connection, in.schema, "t")).isFalse();
        }
    }

    @Test
    void theCurrentScopeIsTheFirstExistingSchema() throws SQLException {
        try (InSchema in = new InSchema("guards")) {
            in.run("SET search_path TO nowhere, " + in.quoted() + ", public");
            assertThat(DIALECT.currentScope(in.connection)).isEqualTo(Scope.schema(in.schema));
        }
    }

    @Test
    void aMissingCurrentSchemaIsAnErrorWithARemedy() throws SQLException {
        try (InSchema in = new InSchema("guards")) {
            in.run("SET search_path TO nowhere");
            assertThatThrownBy(() -> DIALECT.currentScope(in.connection))
                    .isInstanceOf(NoCurrentSchemaException.class)
                    .hasMessage("The connection's search_path is 'nowhere', and it names"
                            + " no existing schema that the role may use.\n"
                            + "Create the schema, or set search_path (on the URL: currentSchema=NAME).");
        }
    }
}
