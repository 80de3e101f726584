package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.assertions.TurnstoneAssertions;
import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.junit.Launch.Ran;
import dev.turnstone.schema.ObjectKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult.Status;

class MigratedDatabaseTests {

    /** The databases that test cases were given. */
    private static final Queue<MigratedDatabase> GIVEN = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void forget() {
        GIVEN.clear();
    }

    private static void insert(MigratedDatabase database, int id) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO customer (id) VALUES (" + id + ")");
        }
    }

    private static int customers(MigratedDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
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

    private static void expectDropped(int databases) {
        assertThat(GIVEN).hasSize(databases).allSatisfy(database -> assertThat(isThere(database))
                .as(database.toString())
                .isFalse());
    }

    private static boolean isThere(MigratedDatabase database) {
        try {
            customers(database);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @MigrationTest
    static class TemplateTestCase {

        private @Nullable MigratedDatabase before;

        @BeforeEach
        void fill(MigratedDatabase database) throws SQLException {
            before = database;
            GIVEN.add(database);
            insert(database, 1);
        }

        @TestTemplate
        void hasWhatWasFilledIn(MigratedDatabase database) throws SQLException {
            assertThat(database).isSameAs(before);
            assertThat(customers(database)).isEqualTo(1);
            TurnstoneAssertions.assertThat(database.snapshot()).has(ObjectKind.INDEX, "ix_customer_email");
        }

        @TestTemplate
        void seesNothingOfOtherTests(MigratedDatabase database) throws SQLException {
            assertThat(customers(database)).isEqualTo(1);
        }

        @TestTemplate
        void goesOnMigrating(MigratedDatabase database) {
            database.migrator().downgrade("base");
            database.migrator().upgrade("head");
            insertTwo(Objects.requireNonNull(before));
        }

        private static void insertTwo(MigratedDatabase database) {
            try {
                insert(database, 2);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        @AfterEach
        void same(MigratedDatabase database) {
            assertThat(database).isSameAs(before);
        }
    }

    @Test
    void aTemplateGetsADatabaseForEachDialectAndSharesItWithWhatIsAroundIt() {
        expectPassed(
                Launch.onServer().run(TemplateTestCase.class),
                "hasWhatWasFilledIn/sqlite",
                "hasWhatWasFilledIn/postgresql",
                "seesNothingOfOtherTests/sqlite",
                "seesNothingOfOtherTests/postgresql",
                "goesOnMigrating/sqlite",
                "goesOnMigrating/postgresql");
        expectDropped(6);
    }

    @MigrationTest(dialects = "postgresql")
    static class OneDialectTestCase {

        @Test
        void plain(MigratedDatabase database) throws SQLException {
            GIVEN.add(database);
            insert(database, 1);
        }

        @RepeatedTest(2)
        void repeated(MigratedDatabase database) throws SQLException {
            GIVEN.add(database);
            insert(database, 1);
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void parameterized(int id, MigratedDatabase database) throws SQLException {
            GIVEN.add(database);
            insert(database, id);
        }

        @Test
        void without() {}
    }

    @Test
    void anyTestGetsADatabaseWhereThereIsOneDialect() {
        Ran ran = Launch.onServer().run(OneDialectTestCase.class);

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves()).hasSize(6);
        expectDropped(5);
    }

    @MigrationTest
    static class TwoDialectsTestCase {
        @Test
        void plain(MigratedDatabase database) {}
    }

    @Test
    void aPlainTestOnTwoDialectsIsToldToBecomeATemplate() {
        assertThat(Launch.onServer().run(TwoDialectsTestCase.class).failures())
                .singleElement()
                .asString()
                .contains(
                        "Method plain of class " + TwoDialectsTestCase.class.getName() + " takes a MigratedDatabase",
                        "@MigrationTest(dialects = {\"sqlite\", \"postgresql\"}) on class "
                                + TwoDialectsTestCase.class.getName(),
                        "sqlite and postgresql",
                        "@TestTemplate");
    }

    @MigrationTest(dialects = "sqlite")
    static class WholeClassTestCase {
        @BeforeAll
        static void all(MigratedDatabase database) {}

        @Test
        void plain() {}
    }

    @MigrationTest(dialects = "sqlite")
    static class ConstructorTestCase {
        ConstructorTestCase(MigratedDatabase database) {}

        @Test
        void plain() {}
    }

    @Test
    void aDatabaseBelongsToATestAndNotToAClass() {
        for (Class<?> testCase : List.of(WholeClassTestCase.class, ConstructorTestCase.class)) {
            assertThat(Launch.onServer().run(testCase).failures())
                    .singleElement()
                    .asString()
                    .contains("takes a MigratedDatabase", "each test has its own database", "@BeforeEach");
        }
    }

    @MigrationTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClassTestCase {

        @TestTemplate
        void one(MigratedDatabase database) throws SQLException {
            GIVEN.add(database);
            insert(database, 1);
        }

        @Nested
        class Inner {
            @TestTemplate
            void two(MigratedDatabase database) throws SQLException {
                GIVEN.add(database);
                insert(database, 1);
            }
        }
    }

    @Test
    void nestedClassesAndOneInstanceForAClassMakeNoDifference() {
        expectPassed(
                Launch.onServer().run(PerClassTestCase.class),
                "one/sqlite",
                "one/postgresql",
                "two/sqlite",
                "two/postgresql");
        expectDropped(4);
    }

    @MigrationTest
    static class FailingTestCase {
        @TestTemplate
        void fails(MigratedDatabase database) {
            GIVEN.add(database);
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void aTestThatFailsLeavesNoDatabase() {
        assertThat(Launch.onServer().run(FailingTestCase.class).failed())
                .extracting(Leaf::message)
                .containsExactly("on purpose", "on purpose");
        expectDropped(2);
    }

    @MigrationTest(locations = "src/test/resources/cases/failing")
    static class MigrationFailsTestCase {
        @TestTemplate
        void never(MigratedDatabase database) {}
    }

    @Test
    void migrationsThatFailFailTheTestAndAreNamed() {
        assertThat(Launch.onServer().run(MigrationFailsTestCase.class).failed())
                .singleElement()
                .satisfies(leaf -> assertThat(leaf.message()).contains("5e11d0000001", "CREATE TABLE broken"));
    }
}
