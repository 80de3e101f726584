package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.Migrator;
import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.junit.Launch.Ran;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.snapshot.SchemaSnapshot;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.TestExecutionResult.Status;

/** What a user's own methods can ask for. */
class ParametersTests {

    private static final Queue<Connection> CONNECTIONS = new ConcurrentLinkedQueue<>();

    private static int customers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM customer")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void expectPassed(Ran ran, String... places) {
        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves()).allMatch(leaf -> leaf.status() == Status.SUCCESSFUL);
        assertThat(ran.leaves().stream().map(Leaf::place)).containsExactlyInAnyOrder(places);
    }

    @MigrationTest
    static class EachTypeTestCase {

        @BeforeEach
        void fill(DataSource dataSource) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO customer (id) VALUES (1)");
            }
        }

        @TestTemplate
        void allOfOneDatabase(
                MigratedDatabase database,
                Migrator migrator,
                DataSource dataSource,
                Connection connection,
                SchemaSnapshot snapshot)
                throws SQLException {
            CONNECTIONS.add(connection);
            assertThat(customers(connection)).isEqualTo(1);
            assertThat(dataSource).isSameAs(database.dataSource());
            assertThat(migrator.current()).isEqualTo(migrator.heads());
            dev.turnstone.assertions.TurnstoneAssertions.assertThat(snapshot)
                    .has(ObjectKind.INDEX, "ix_customer_email");
        }

        @TestTemplate
        void ofWhatIsAroundIt() {}
    }

    @Test
    void eachTypeIsGivenOnEachDialectAndItsConnectionClosed() {
        CONNECTIONS.clear();
        expectPassed(
                Launch.onServer().run(EachTypeTestCase.class),
                "allOfOneDatabase/sqlite",
                "allOfOneDatabase/postgresql",
                "ofWhatIsAroundIt/sqlite",
                "ofWhatIsAroundIt/postgresql");
        assertThat(CONNECTIONS).hasSize(2).allMatch(ParametersTests::isClosed);
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    @TestTemplate
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface DatabaseTest {}

    @MigrationTest(dialects = "sqlite")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface ShopMigrationTest {}

    @ShopMigrationTest
    static class ComposedTestCase {
        @DatabaseTest
        void composed(Connection connection) throws SQLException {
            assertThat(customers(connection)).isZero();
        }
    }

    @MigrationTest
    abstract static class Shop {
        @AfterEach
        void still(Connection connection) throws SQLException {
            assertThat(customers(connection)).isZero();
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class InheritingTestCase extends Shop {
        @Nested
        class Inner {
            @DatabaseTest
            void nested(@Nullable DataSource dataSource) {
                assertThat(dataSource).isNotNull();
            }
        }
    }

    @Test
    void annotationsOfATeamAreRecognised() {
        expectPassed(Launch.onServer().run(ComposedTestCase.class), "composed/sqlite");
        expectPassed(Launch.onServer().run(InheritingTestCase.class), "nested/sqlite", "nested/postgresql");
    }

    /** A parameter that another extension gives. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Theirs {}

    static final class TheirResolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.isAnnotated(Theirs.class);
        }

        @Override
        @SuppressWarnings("NullAway")
        public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return null;
        }
    }

    @ShopMigrationTest
    @ExtendWith(TheirResolver.class)
    static class OfAnotherTestCase {
        @Test
        void ofAnother(@Theirs DataSource theirs, DataSource ours) {
            assertThat(theirs).isNull();
            assertThat(ours).isNotNull();
        }
    }

    @Test
    void whatBearsTheAnnotationOfAnotherExtensionIsLeftToThat() {
        expectPassed(
                Launch.onServer().run(OfAnotherTestCase.class),
                "ofAnother/ParametersTests$OfAnotherTestCase/ofAnother(DataSource, DataSource)");
    }
}
