package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.Migrator;
import dev.turnstone.scenario.MigrationTool;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each misuse of what stands on a method, a parameter or a field: it is said what, where, and what to do. */
class ApiMisuseTests {

    @MigrationTest(dialects = "sqlite")
    static class UnknownRevisionTestCase {
        @Test
        @AtRevision("5e11a000000f")
        void method(MigratedDatabase database) {}
    }

    @MigrationTest(dialects = "sqlite")
    static class UnknownParameterRevisionTestCase {
        @Test
        void method(@AtRevision("5e11a000000f") DataSource dataSource) {}
    }

    @MigrationTest(dialects = "sqlite")
    static class RevisionOfNothingTestCase {
        @Test
        @AtRevision("5e11a0000001")
        void method() {}
    }

    @MigrationTest(dialects = "sqlite")
    static class RevisionOfATextTestCase {
        @Test
        void method(@AtRevision("5e11a0000001") String text) {}
    }

    static class RevisionWithoutAnnotationTestCase {
        @Test
        @AtRevision("5e11a0000001")
        void method(MigratedDatabase database) {}
    }

    @MigrationTest
    static class UnknownDialectTestCase {
        @TestTemplate
        @EnabledOnDialect("postgres9")
        void method(MigratedDatabase database) {}
    }

    @MigrationTest(dialects = "sqlite")
    static class NoDialectTestCase {
        @Test
        @EnabledOnDialect({})
        void method(MigratedDatabase database) {}
    }

    @MigrationTest
    static class PlainTestCase {
        @Test
        @EnabledOnDialect("sqlite")
        void method() {}
    }

    static class DialectWithoutAnnotationTestCase {
        @Test
        @EnabledOnDialect("sqlite")
        void method() {}
    }

    @MigrationTest(dialects = "sqlite", revisions = "5e11a000000f")
    static class UnknownSelectedRevisionTestCase {
        @Test
        void method(MigratedDatabase database) {}
    }

    @MigrationTest(dialects = "sqlite", before = "src/test/resources/nowhere.sql")
    static class NoSuchBeforeTestCase {
        @Test
        void method(MigratedDatabase database) {}
    }

    @MigrationTest(dialects = "sqlite", scenarios = "up-down-upp")
    static class ScenarioSlipTestCase {
        @Test
        void method(MigratedDatabase database) {}
    }

    static class NotStaticTestCase {
        @RegisterExtension
        final MigrationTestExtension migrations =
                MigrationTestExtension.builder().dialects("sqlite").build();

        @Test
        void method() {}
    }

    static class TwoExtensionsTestCase {
        @RegisterExtension
        static final MigrationTestExtension ONE =
                MigrationTestExtension.builder().build();

        @RegisterExtension
        static final MigrationTestExtension TWO =
                MigrationTestExtension.builder().build();

        @Test
        void method() {}
    }

    @MigrationTest
    static class BothTestCase {
        @RegisterExtension
        static final MigrationTestExtension MIGRATIONS =
                MigrationTestExtension.builder().build();

        @Test
        void method() {}
    }

    static class BuilderTestCase {
        @RegisterExtension
        static final MigrationTestExtension MIGRATIONS =
                MigrationTestExtension.builder().dialects("sqlite", "oracle").build();

        @Test
        void method(MigratedDatabase database) {}
    }

    abstract static class AbstractFactory implements MigrationToolFactory {}

    @MigrationTest(dialects = "sqlite", tool = AbstractFactory.class)
    static class ToolTestCase {
        @Test
        void method(MigratedDatabase database) {}
    }

    /** A tool that is not the engine that comes with Turnstone. */
    static final class OtherTool implements MigrationToolFactory {
        @Override
        public MigrationTool create(List<String> locations, ClassLoader classes) {
            MigrationTool bundled = new BundledEngineFactory().create(locations, classes);
            return (MigrationTool) java.lang.reflect.Proxy.newProxyInstance(
                    classes,
                    new Class<?>[] {MigrationTool.class},
                    (proxy, method, arguments) -> method.invoke(bundled, arguments));
        }
    }

    @MigrationTest(dialects = "sqlite", tool = OtherTool.class)
    static class MigratorOfAnotherToolTestCase {
        @Test
        void method(Migrator migrator) {}
    }

    static Stream<Arguments> misuses() {
        return Stream.of(
                misuse(
                        UnknownRevisionTestCase.class,
                        "@AtRevision(\"5e11a000000f\") on method method of class",
                        "is invalid",
                        "5e11a000000"),
                misuse(
                        UnknownParameterRevisionTestCase.class,
                        "@AtRevision(\"5e11a000000f\") on parameter dataSource of method method of class"),
                misuse(
                        RevisionOfNothingTestCase.class,
                        "has no effect, because no database is used",
                        "take a MigratedDatabase"),
                misuse(RevisionOfATextTestCase.class, "the parameter is a String", "Take a MigratedDatabase"),
                misuse(RevisionWithoutAnnotationTestCase.class, "has no @MigrationTest", "Annotate it"),
                misuse(
                        UnknownDialectTestCase.class,
                        "@EnabledOnDialect(\"postgres9\") on method method of class",
                        "sqlite"),
                misuse(NoDialectTestCase.class, "@EnabledOnDialect({})", "Name sqlite or postgresql"),
                misuse(PlainTestCase.class, "@EnabledOnDialect(\"sqlite\")", "Make the test a @TestTemplate"),
                misuse(DialectWithoutAnnotationTestCase.class, "has no @MigrationTest", "Annotate it"),
                misuse(UnknownSelectedRevisionTestCase.class, "@MigrationTest(revisions = \"5e11a000000f\")"),
                misuse(NoSuchBeforeTestCase.class, "@MigrationTest(before = \"src/test/resources/nowhere.sql\")"),
                misuse(ScenarioSlipTestCase.class, "@MigrationTest(scenarios = \"up-down-upp\")", "'up-down-up'"),
                misuse(NotStaticTestCase.class, "in the field 'migrations', which is not static", "Make it static"),
                misuse(TwoExtensionsTestCase.class, "two MigrationTestExtensions", "'ONE' and 'TWO'", "Keep one"),
                misuse(BothTestCase.class, "has @MigrationTest", "'MIGRATIONS'", "Keep one of the two"),
                misuse(
                        BuilderTestCase.class,
                        "MigrationTestExtension.builder().dialects(\"sqlite\", \"oracle\") on class",
                        "'oracle'"),
                misuse(ToolTestCase.class, "AbstractFactory.class", "constructor without parameters"),
                misuse(MigratorOfAnotherToolTestCase.class, "takes a Migrator", "Take a DataSource"));
    }

    private static Arguments misuse(Class<?> testCase, String... said) {
        return Arguments.of(Named.of(testCase.getSimpleName(), testCase), said);
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void itIsSaidWhatAndWhereAndWhatToDo(Class<?> testCase, String... said) {
        assertThat(Launch.onServer().run(testCase).failures())
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message).contains(said).contains(testCase.getName()));
    }

    @MigrationTest(dialects = "sqlite", tool = OtherTool.class)
    static class AnotherToolTestCase implements MigrationScenarios {
        @Test
        void method(DataSource dataSource) {}
    }

    @Test
    void anotherToolRunsTheScenariosAndTheUsersTests() {
        assertThat(Launch.onServer().run(AnotherToolTestCase.class).failures()).isEmpty();
    }
}
