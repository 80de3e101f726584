package dev.turnstone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages' arrows, as the design draws them. */
class ArchitectureTests {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The tests of other modules are on the class path too.
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
            .importPackages("dev.turnstone");

    private static final String[] ENGINE = {
        "dev.turnstone",
        "dev.turnstone.error",
        "dev.turnstone.revision",
        "dev.turnstone.schema",
        "dev.turnstone.operation",
        "dev.turnstone.dialect..",
        "dev.turnstone.source",
        "dev.turnstone.history",
        "dev.turnstone.execution.."
    };
    private static final String[] DIALECTS = {"dev.turnstone.dialect.postgresql..", "dev.turnstone.dialect.sqlite.."};
    private static final String[] JDBC = {"java.sql..", "javax.sql.."};
    private static final String[] JUNIT = {"org.junit..", "org.opentest4j.."};

    /** Each package with those of ours that it may use; all may use {@code error} and themselves. */
    static Stream<Arguments> arrows() {
        return Stream.of(
                arrow("dev.turnstone.error"),
                arrow("dev.turnstone.revision"),
                arrow("dev.turnstone.schema"),
                arrow("dev.turnstone.operation", "schema"),
                arrow("dev.turnstone.dialect..", "operation", "schema"),
                // The splitter of statements is the dialect's.
                arrow("dev.turnstone.source", "revision", "operation", "dialect"),
                arrow("dev.turnstone.history", "revision", "dialect"),
                arrow("dev.turnstone.format", "source", "revision", "operation", "dialect"),
                arrow("dev.turnstone.execution", "revision", "schema", "operation", "dialect..", "source", "history"),
                arrow(
                        "dev.turnstone.execution.step",
                        "execution",
                        "revision",
                        "schema",
                        "operation",
                        "dialect..",
                        "source",
                        "history"),
                arrow(
                        "dev.turnstone.execution.session",
                        "execution",
                        "execution.step",
                        "revision",
                        "schema",
                        "operation",
                        "dialect..",
                        "source",
                        "history"),
                Arguments.of("dev.turnstone.execution.offline", ENGINE),
                Arguments.of("dev.turnstone", ENGINE),
                Arguments.of("dev.turnstone.snapshot", ENGINE),
                arrow("dev.turnstone.assertions", "snapshot", "schema", "dialect", "execution"),
                arrow("dev.turnstone.database", "dialect.."),
                // A statement has its place in a file.
                arrow("dev.turnstone.boundary", "database", "dialect", "operation"),
                arrow("dev.turnstone.rows", "schema", "dialect"),
                // Two dialects are compared by meaning, and a snapshot file is compared with a schema.
                Arguments.of(
                        "dev.turnstone.scenario",
                        with(
                                ENGINE,
                                "dev.turnstone.format",
                                "dev.turnstone.database",
                                "dev.turnstone.snapshot",
                                "dev.turnstone.rows")),
                scenario("cursor", "dev.turnstone.boundary"),
                scenario("roundtrip", "dev.turnstone.scenario.cursor", "dev.turnstone.snapshot"),
                scenario("rows", "dev.turnstone.scenario.cursor", "dev.turnstone.rows"),
                scenario("rerun", "dev.turnstone.scenario.cursor", "dev.turnstone.scenario.rows"),
                scenario("crash", "dev.turnstone.scenario.cursor"),
                scenario("locks", "dev.turnstone.scenario.cursor", "dev.turnstone.scenario.rows"),
                scenario("policy", "dev.turnstone.scenario.cursor"),
                scenario("concurrent", "dev.turnstone.scenario.cursor"),
                scenario("offline", "dev.turnstone.scenario.cursor"),
                Arguments.of("dev.turnstone.tool", with(ENGINE, "dev.turnstone.database", "dev.turnstone.scenario")),
                // Findings name their revision and object.
                arrow("dev.turnstone.report", "scenario", "revision", "schema"),
                Arguments.of(
                        "dev.turnstone.junit",
                        with(
                                ENGINE,
                                "dev.turnstone.database",
                                "dev.turnstone.scenario..",
                                "dev.turnstone.report",
                                "dev.turnstone.format",
                                "dev.turnstone.tool",
                                "dev.turnstone.snapshot")),
                // How closely two dialects are compared can be said in options.
                Arguments.of(
                        "dev.turnstone.cli",
                        with(
                                ENGINE,
                                "dev.turnstone.database",
                                "dev.turnstone.scenario..",
                                "dev.turnstone.report",
                                "dev.turnstone.format",
                                "dev.turnstone.tool",
                                "dev.turnstone.snapshot")));
    }

    private static Arguments scenario(String concern, String... more) {
        return Arguments.of(
                "dev.turnstone.scenario." + concern,
                with(with(ENGINE, "dev.turnstone.database", "dev.turnstone.scenario"), more));
    }

    private static Arguments arrow(String from, String... to) {
        return Arguments.of(
                from, Arrays.stream(to).map("dev.turnstone."::concat).toArray(String[]::new));
    }

    private static String[] with(String[] packages, String... more) {
        return Stream.concat(Arrays.stream(packages), Arrays.stream(more)).toArray(String[]::new);
    }

    private static ArchRule usesOnly(String from, String... to) {
        DescribedPredicate<JavaClass> ours = resideInAPackage("dev.turnstone..");
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(
                        ours.and(DescribedPredicate.not(resideInAnyPackage(with(to, from, "dev.turnstone.error")))));
    }

    private static ArchRule usesNone(String[] from, String... forbidden) {
        return noClasses().that().resideInAnyPackage(from).should().dependOnClassesThat(resideInAnyPackage(forbidden));
    }

    private static ArchRule freeOfCycles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    @ParameterizedTest
    @MethodSource("arrows")
    void aPackageUsesOnlyThoseItsArrowsLeadTo(String from, String... to) {
        usesOnly(from, to).check(PRODUCTION);
    }

    @Test
    void everyPackageHasItsArrows() {
        assertThat(packages().map(JavaPackage::getName))
                .allSatisfy(name -> assertThat(arrows().map(arrow -> (String) arrow.get()[0]))
                        .anyMatch(from -> from.endsWith("..")
                                ? (name + ".").startsWith(from.substring(0, from.length() - 1))
                                : name.equals(from)));
    }

    private static Stream<JavaPackage> packages() {
        return PRODUCTION.stream().map(JavaClass::getPackage).distinct();
    }

    @Test
    void noPackagesFormACycle() {
        freeOfCycles("dev.turnstone").check(PRODUCTION);
        freeOfCycles("dev.turnstone.scenario").check(PRODUCTION);
        freeOfCycles("dev.turnstone.execution").check(PRODUCTION);
        freeOfCycles("dev.turnstone.dialect.postgresql").check(PRODUCTION);
    }

    @Test
    void onlyTestDatabasesDependOnThePackagesOfDialects() {
        usesNone(new String[] {"dev.turnstone.dialect"}, DIALECTS).check(PRODUCTION);
        noClasses()
                .that()
                .resideOutsideOfPackages(with(DIALECTS, "dev.turnstone.database"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(DIALECTS))
                .check(PRODUCTION);
    }

    @Test
    void whatIsThoughtOutWithoutADatabaseKnowsNoJdbc() {
        usesNone(new String[] {"dev.turnstone.revision", "dev.turnstone.schema"}, JDBC)
                .check(PRODUCTION);
        noClasses()
                .that()
                .resideInAPackage("dev.turnstone.operation")
                .should()
                .dependOnClassesThat(resideInAnyPackage(JDBC).and(DescribedPredicate.not(lentToMigrations())))
                .check(PRODUCTION);
    }

    /** A migration may borrow the connection; nothing else of JDBC is said in its language. */
    private static DescribedPredicate<JavaClass> lentToMigrations() {
        return DescribedPredicate.describe(
                "Connection or SQLException",
                type -> type.isEquivalentTo(java.sql.Connection.class)
                        || type.isEquivalentTo(java.sql.SQLException.class));
    }

    @Test
    void onlyTheAdapterKnowsJUnit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.turnstone.junit")
                .should()
                .dependOnClassesThat(resideInAnyPackage(JUNIT))
                .check(PRODUCTION);
    }

    @Test
    void theEngineNeedsJdbcAndALoggerOnly() {
        classes()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        with(ENGINE, "java..", "javax.sql..", "org.slf4j..", "org.jspecify.annotations..")))
                .check(PRODUCTION);
    }

    @Test
    void nothingIsNullUnlessItSaysSo() {
        assertThat(packages()).isNotEmpty().allMatch(p -> p.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void eachModulesClassesAreLookedAt() {
        List<Class<?>> onePerModule = List.of(
                Migrator.class,
                dev.turnstone.format.FormatDetection.class,
                dev.turnstone.scenario.Scenario.class,
                dev.turnstone.snapshot.SchemaSnapshot.class,
                dev.turnstone.junit.MigrationTest.class,
                dev.turnstone.cli.Turnstone.class);
        assertThat(onePerModule).allMatch(PRODUCTION::contain);
    }

    @Test
    void noPackageIsTooLarge() {
        assertThat(packages()).allSatisfy(p -> assertThat(p.getClasses().stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> !type.getSimpleName().equals("package-info")))
                .as(p.getName())
                .hasSizeLessThanOrEqualTo(60));
    }

    /** Rules that would pass whatever the code does would prove nothing: here are classes that break each of them. */
    @Test
    void plantedViolationsAreFound() {
        String planted = "dev.turnstone.planted";
        JavaClasses classes = new ClassFileImporter().importPackages(planted);
        assertThat(classes.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet()))
                .contains("Inner", "Outer");

        assertThatThrownBy(() -> usesOnly(planted + ".inner").check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Outer");
        usesOnly(planted + ".inner", planted + ".outer").check(classes);
        assertThatThrownBy(
                        () -> usesNone(new String[] {planted + ".inner"}, JDBC).check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("java.sql.Connection");
        assertThatThrownBy(() -> freeOfCycles(planted).check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }
}
