package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.junit.Launch.Ran;
import dev.turnstone.scenario.Scenario;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;

class MigrationScenariosTests {

    private static final String NOBODY = "postgresql://postgres@localhost:1/postgres";

    @MigrationTest
    static class BareTestCase implements MigrationScenarios {}

    @Test
    void oneAnnotationRunsEveryScenarioOnBothDialects() {
        Ran ran = Launch.onServer().run(BareTestCase.class);

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves().stream().map(Leaf::place))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("SQLite/sqlite ", "PostgreSQL/postgresql ")
                                        .flatMap(on -> Stream.of(
                                                "freshInstall/" + on + "head 5e11a0000002",
                                                "stampThenNoop/" + on + "head 5e11a0000002",
                                                "upDownUp/" + on + "5e11a0000001 customers",
                                                "upDownUp/" + on + "5e11a0000002 find by email",
                                                "upDownUp/" + on + "whole history to head 5e11a0000002",
                                                "idempotentRerun/" + on + "5e11a0000001 customers",
                                                "idempotentRerun/" + on + "5e11a0000002 find by email",
                                                "idempotentRerun/" + on + "head 5e11a0000002 twice",
                                                "rows/" + on + "5e11a0000001 customers",
                                                "rows/" + on + "5e11a0000002 find by email")),
                                Stream.of("crossDialect/SQLite and PostgreSQL/both head 5e11a0000002"))
                        .toList());
        assertThat(ran.leaves()).allMatch(leaf -> leaf.status() == Status.SUCCESSFUL);
    }

    @Test
    void eachLeafSelectedAloneComesToTheSame() {
        List<Leaf> together = Launch.onServer().run(OneDefectTestCase.class).leaves();
        assertThat(together).extracting(Leaf::status).contains(Status.SUCCESSFUL, Status.FAILED);

        for (Leaf leaf : together) {
            List<Leaf> alone = Launch.onServer()
                    .run(DiscoverySelectors.selectUniqueId(leaf.uniqueId()))
                    .leaves();
            assertThat(alone).containsExactly(leaf);
        }
    }

    @MigrationTest(locations = "src/test/resources/cases/failing")
    static class OneDefectTestCase implements MigrationScenarios {}

    @Test
    void buildingTheTreeTouchesNoDatabase() {
        String leaf = Launch.onServer().run(BareTestCase.class).leaves().stream()
                .filter(l -> l.place().equals("upDownUp/SQLite/sqlite 5e11a0000002 find by email"))
                .findFirst()
                .orElseThrow()
                .uniqueId();

        Ran ran = Launch.on(NOBODY).run(DiscoverySelectors.selectUniqueId(leaf));

        assertThat(ran.leaves()).singleElement().matches(l -> l.status() == Status.SUCCESSFUL);
        assertThat(ran.failures()).isEmpty();
    }

    @Test
    void aServerThatCannotBeHadIsAFailureOnItsDialectOnly() {
        Ran ran = Launch.on(NOBODY).run(BareTestCase.class);

        assertThat(ran.leaves()).hasSize(21).allSatisfy(leaf -> {
            if (leaf.path().contains("PostgreSQL")) {
                assertThat(leaf.status()).isEqualTo(Status.FAILED);
                assertThat(leaf.message()).contains("localhost:1", "turnstone.postgres.url");
            } else {
                assertThat(leaf.status()).isEqualTo(Status.SUCCESSFUL);
            }
        });
    }

    /** Notes the threads of each factory's tests. */
    static final class Threads implements BeforeAllCallback, InvocationInterceptor {

        static final Map<String, Set<Thread>> OF_FACTORY = new ConcurrentHashMap<>();

        @Override
        public void beforeAll(ExtensionContext context) {
            OF_FACTORY.clear();
        }

        @Override
        public void interceptDynamicTest(
                Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
                throws Throwable {
            String factory = context.getUniqueId().replaceFirst("/\\[dynamic-container.*", "");
            OF_FACTORY
                    .computeIfAbsent(factory, f -> ConcurrentHashMap.newKeySet())
                    .add(Thread.currentThread());
            invocation.proceed();
        }
    }

    @MigrationTest
    @ExtendWith(Threads.class)
    static class ThreadsTestCase implements MigrationScenarios {}

    @Test
    void theChecksOfAScenarioShareAThreadUnderParallelExecution() {
        Ran ran = Launch.onServer()
                .with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .run(ThreadsTestCase.class);

        assertThat(ran.failures()).isEmpty();
        assertThat(Threads.OF_FACTORY)
                .hasSize(Scenario.defaults().size())
                .allSatisfy((factory, threads) -> assertThat(threads).hasSize(1));
    }

    @MigrationTest(dialects = "sqlite")
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface ShopMigrationTest {}

    @ShopMigrationTest
    static class MetaAnnotatedTestCase implements MigrationScenarios {}

    @MigrationTest(dialects = "sqlite")
    abstract static class Shop implements MigrationScenarios {}

    static class InheritingTestCase extends Shop {}

    @MigrationTest(dialects = "sqlite")
    static class OuterTestCase {
        @Nested
        class Scenarios implements MigrationScenarios {}
    }

    @MigrationTest(dialects = "sqlite")
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClassTestCase implements MigrationScenarios {}

    @MigrationTest(dialects = {"sqlite", "sqlite"})
    static class SameDialectTwiceTestCase implements MigrationScenarios {}

    @MigrationTest(
            dialects = "sqlite",
            scenarios = {"fresh-install", "cross-dialect"})
    static class ChosenTestCase implements MigrationScenarios {}

    @Test
    void scenariosCanBeChosenAndOneThatCannotRunIsSkippedWithItsReason() {
        Ran ran = Launch.on(NOBODY).run(ChosenTestCase.class);

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves())
                .extracting(Leaf::place)
                .containsExactlyInAnyOrder(
                        "freshInstall/SQLite/sqlite head 5e11a0000002", "crossDialect/SQLite/both head 5e11a0000002");
        assertThat(ran.aborted()).singleElement().satisfies(leaf -> assertThat(leaf.message())
                .contains("Only SQLite was asked for"));
    }

    @Test
    void theAnnotationIsFoundWhereverJUnitFindsItsOwn() {
        for (Class<?> testCase : List.of(
                MetaAnnotatedTestCase.class,
                InheritingTestCase.class,
                OuterTestCase.class,
                PerClassTestCase.class,
                SameDialectTwiceTestCase.class)) {
            Ran ran = Launch.on(NOBODY).run(testCase);
            assertThat(ran.failures()).as(testCase.getSimpleName()).isEmpty();
            assertThat(ran.leaves()).as(testCase.getSimpleName()).hasSize(10);
        }
    }
}
