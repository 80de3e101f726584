package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a test changes outside its schema is found and named; what others do in theirs is not. The role may not create
 * databases, so that the schemas are in the database that the URL names.
 */
class UnrelatedObjectsTests {

    /** A database of the class's own, so that no other test changes what is looked at here. */
    private static final String DATABASE = "turnstone_tests_surroundings";

    private static final String ROLE = DATABASE;

    private TestDatabases databases = TestDatabases.with(TestSettings.embedded());

    @BeforeAll
    static void makeDatabase() throws SQLException {
        inServer(
                "DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)",
                "DROP ROLE IF EXISTS " + ROLE,
                "CREATE ROLE " + ROLE + " LOGIN",
                "CREATE DATABASE " + DATABASE + " OWNER " + ROLE);
    }

    @AfterAll
    static void dropDatabase() throws SQLException {
        inServer("DROP DATABASE " + DATABASE + " WITH (FORCE)", "DROP ROLE " + ROLE);
    }

    private static void inServer(String... statements) throws SQLException {
        try (Connection connection = TestSettings.server().connect()) {
            execute(connection, statements);
        }
    }

    @BeforeEach
    void open() {
        databases = TestDatabases.with(TestSettings.url(TestSettings.embeddedUrl(ROLE, DATABASE)));
    }

    @AfterEach
    void close() {
        try {
            databases.close();
        } catch (IsolationBrokenException e) {
            assertThat(e).as("the comparison at the end of the run").hasMessageContaining("during the run");
        }
    }

    private TestDatabase schema() {
        return databases.create(PostgresDialect.INSTANCE, Isolation.SCHEMA);
    }

    private static @Nullable IsolationBrokenException closed(TestDatabase database) {
        database.close();
        return catchThrowableOfType(IsolationBrokenException.class, database::requireIsolation);
    }

    private List<String> changes(String... statements) throws SQLException {
        TestDatabase database = schema();
        execute(database.dataSource(), statements);
        IsolationBrokenException broken = closed(database);
        assertThatCode(database::requireIsolation).as("a second time").doesNotThrowAnyException();
        return broken == null ? List.of() : broken.changes();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CREATE TABLE public.t (id int)                              | table public.t was created
            CREATE SCHEMA other                                         | schema other was created
            ALTER TABLE public.kept ADD COLUMN b int                    | table public.kept was changed
            ALTER TABLE public.kept ALTER COLUMN a SET DEFAULT 'x'      | table public.kept was changed
            ALTER TABLE public.kept ADD CONSTRAINT c CHECK (a <> '')    | table public.kept was changed
            CREATE INDEX ix_kept ON public.kept (a)                     | index public.ix_kept was created
            DROP VIEW public.kept_view                                  | view public.kept_view was dropped
            CREATE RULE r AS ON DELETE TO public.kept DO INSTEAD NOTHING | table public.kept was changed
            GRANT SELECT ON public.kept TO PUBLIC                       | table public.kept was changed
            ALTER TYPE public.mood ADD VALUE 'new'                      | type public.mood was changed
            CREATE FUNCTION public.f() RETURNS int LANGUAGE sql RETURN 1 | function public.f() was created
            CREATE SEQUENCE public.s                                    | sequence public.s was created
            CREATE TABLE mine (id int REFERENCES public.kept)           | table public.kept was changed
            CREATE EXTENSION pg_trgm SCHEMA public                      | extension pg_trgm was created
            CREATE PUBLICATION p                                        | publication p was created
            ALTER DATABASE turnstone_tests_surroundings SET work_mem = '2MB' | setting of database turnstone_tests_surroundings was created
            SELECT lo_create(12345)                                     | large object 12345 was created
            """)
    void whatIsChangedOutsideIsNamed(String statement, String change) throws SQLException {
        prepare();
        assertThat(changes(statement)).contains(change);
    }

    private void prepare() throws SQLException {
        inServer("DROP DATABASE " + DATABASE + " WITH (FORCE)", "CREATE DATABASE " + DATABASE + " OWNER " + ROLE);
        try (Connection connection = ServerForTests.connect(TestSettings.embeddedUrl(ROLE, DATABASE))) {
            execute(
                    connection,
                    "CREATE TABLE public.kept (id int PRIMARY KEY, a text)",
                    "CREATE VIEW public.kept_view AS SELECT id FROM public.kept",
                    "CREATE TYPE public.mood AS ENUM ('old')");
        }
    }

    @Test
    void whatStaysWithinTheSchemaIsNothing() throws SQLException {
        prepare();
        assertThat(changes(
                        "CREATE TABLE a (id int PRIMARY KEY, t text DEFAULT 'x')",
                        "CREATE INDEX ix ON a (t)",
                        "CREATE VIEW v AS SELECT k.id FROM public.kept k JOIN a ON true",
                        "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1",
                        "CREATE TYPE e AS ENUM ('a')",
                        "ALTER TABLE a DROP COLUMN t CASCADE"))
                .isEmpty();
    }

    @Test
    void testsBesideOneAnotherDoNotDisturbAndAViolationNamesThemAll() throws SQLException {
        TestDatabase first = schema();
        TestDatabase second = schema();
        execute(first.dataSource(), "CREATE TABLE a (id int)");
        execute(second.dataSource(), "CREATE TABLE a (id int)", "CREATE TABLE public.astray (id int)");
        IsolationBrokenException broken = closed(second);
        assertThat(broken).isNotNull();
        assertThat(broken)
                .hasMessageContaining("table public.astray was created")
                .hasMessageContaining("at the same time")
                .hasMessageContaining(first.describe());
        assertThat(closed(first)).hasMessageContaining("table public.astray was created");
        TestDatabase third = schema();
        assertThat(closed(third)).as("a later one").isNull();
        assertThat(changes("DROP TABLE public.astray")).containsExactly("table public.astray was dropped");
    }

    @Test
    void whatChangesWhileNoTestRunsIsNobodys() throws SQLException {
        prepare();
        assertThat(closed(schema())).as("the first").isNull();
        try (Connection connection = ServerForTests.connect(TestSettings.embeddedUrl(ROLE, DATABASE))) {
            execute(connection, "CREATE TABLE public.between_tests (id int)");
        }
        assertThat(closed(schema())).as("the next").isNull();
        assertThat(changes("DROP TABLE public.between_tests"))
                .containsExactly("table public.between_tests was dropped");
    }

    @Test
    void aTransactionThatBeganBeforeATestAndEndsInItIsSeen() throws SQLException {
        prepare();
        try (Connection connection = ServerForTests.connect(TestSettings.embeddedUrl(ROLE, DATABASE))) {
            assertThat(closed(schema())).isNull();
            connection.setAutoCommit(false);
            execute(connection, "CREATE TABLE public.late (id int)");
            TestDatabase database = schema();
            connection.commit();
            assertThat(closed(database)).hasMessageContaining("table public.late was created");
        }
    }

    @Test
    void whoDoesNotAskIsToldAtTheEnd() throws SQLException {
        TestDatabases unasked = TestDatabases.with(TestSettings.url(TestSettings.embeddedUrl(ROLE, DATABASE)));
        try (TestDatabase database = unasked.create(PostgresDialect.INSTANCE, Isolation.SCHEMA)) {
            execute(database.dataSource(), "CREATE TABLE public.unasked (id int)");
        }
        assertThat(catchThrowableOfType(IsolationBrokenException.class, unasked::close))
                .hasMessageContaining("table public.unasked was created");
    }
}
