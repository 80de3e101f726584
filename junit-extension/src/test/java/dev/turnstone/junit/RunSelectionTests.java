package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.junit.Launch.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.platform.engine.discovery.DiscoverySelectors;

class RunSelectionTests {

    @MigrationTest
    static class WholeTestCase implements MigrationScenarios {
        @TestTemplate
        void template(MigratedDatabase database) {}
    }

    @MigrationTest(dialects = "sqlite")
    static class OnSqliteTestCase {
        @Test
        void plain(MigratedDatabase database) {}
    }

    @MigrationTest(revisions = "5e11a0000001:5e11a0000001", dialects = "sqlite")
    static class SelectingTestCase implements MigrationScenarios {}

    @MigrationTest(scenarios = "fresh-install", dialects = "sqlite")
    static class ScenarioTestCase implements MigrationScenarios {}

    @Test
    void aRunSelectsADialectAndARevisionOfAFactory() {
        Ran ran = Launch.onServer()
                .with("turnstone.dialect", "postgresql")
                .with("turnstone.revision", "5e11a0000002")
                .run(DiscoverySelectors.selectMethod(WholeTestCase.class, "upDownUp", ScenarioTree.class.getName()));

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves().stream().map(Leaf::place))
                .containsExactly("upDownUp/PostgreSQL/postgresql 5e11a0000002 find by email");
    }

    @Test
    void aDialectIsSelectedForTheUsersTestsToo() {
        Ran ran = Launch.onServer()
                .with("turnstone.dialect", "postgresql")
                .run(
                        DiscoverySelectors.selectMethod(
                                WholeTestCase.class, "template", MigratedDatabase.class.getName()),
                        DiscoverySelectors.selectClass(OnSqliteTestCase.class));

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves().stream().map(Leaf::place)).containsExactly("template/postgresql");
        assertThat(ran.skipped()).singleElement().asString().contains("selects other dialects");
    }

    @Test
    void anUnknownRevisionOrDialectIsRefused() {
        assertThat(Launch.onServer()
                        .with("turnstone.revision", "5e11a0000003")
                        .run(WholeTestCase.class)
                        .failures())
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message)
                        .contains("turnstone.revision=5e11a0000003", WholeTestCase.class.getName(), "5e11a000000"));
        assertThat(Launch.onServer()
                        .with("turnstone.dialect", "postgres9")
                        .run(WholeTestCase.class)
                        .failures())
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message).contains("turnstone.dialect=postgres9", "sqlite"));
    }

    @Test
    void anAnnotationSelectsRevisionsAndScenarios() {
        assertThat(Launch.onServer().run(SelectingTestCase.class).leaves())
                .extracting(Leaf::place)
                .containsExactlyInAnyOrder(
                        "upDownUp/SQLite/sqlite 5e11a0000001 customers",
                        "idempotentRerun/SQLite/sqlite 5e11a0000001 customers",
                        "rows/SQLite/sqlite 5e11a0000001 customers");
        assertThat(Launch.onServer().run(ScenarioTestCase.class).leaves())
                .extracting(Leaf::place)
                .containsExactly("freshInstall/SQLite/sqlite head 5e11a0000002");
    }
}
