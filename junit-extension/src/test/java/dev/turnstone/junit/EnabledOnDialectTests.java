package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.junit.Launch.Ran;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;

class EnabledOnDialectTests {

    @MigrationTest
    static class TwoDialectsTestCase {
        @TestTemplate
        @EnabledOnDialect("postgresql")
        void onlyPostgres(MigratedDatabase database) {
            assertThat(database.dialect().name()).isEqualTo("postgresql");
        }

        @TestTemplate
        void both(MigratedDatabase database) {}

        @Nested
        @EnabledOnDialect("sqlite")
        class Inner implements MigrationScenarios {
            @TestTemplate
            void onlySqlite(MigratedDatabase database) {
                assertThat(database.dialect().name()).isEqualTo("sqlite");
            }
        }
    }

    @MigrationTest(dialects = "sqlite")
    static class OneDialectTestCase {
        @Test
        @EnabledOnDialect("postgresql")
        void never() {
            throw new IllegalStateException("on purpose");
        }

        @Test
        @EnabledOnDialect({"sqlite", "postgresql"})
        void always(MigratedDatabase database) {}
    }

    @Test
    void aTemplateIsSkippedOnOtherDialects() {
        Ran ran = Launch.onServer().run(TwoDialectsTestCase.class);

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves().stream().map(Leaf::place).filter(place -> !place.contains(" ")))
                .containsExactlyInAnyOrder(
                        "onlyPostgres/postgresql", "both/sqlite", "both/postgresql", "onlySqlite/sqlite");
        assertThat(ran.skipped())
                .containsExactlyInAnyOrder(
                        "sqlite: @EnabledOnDialect(\"postgresql\") excludes sqlite.",
                        "postgresql: @EnabledOnDialect(\"sqlite\") excludes postgresql.");
        assertThat(ran.leaves().stream().map(Leaf::place).filter(place -> place.contains("upDownUp")))
                .isNotEmpty()
                .allMatch(place -> place.contains("SQLite"));
    }

    @Test
    void aPlainTestIsSkippedWhereTheClassHasAnotherDialect() {
        Ran ran = Launch.onServer().run(OneDialectTestCase.class);

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves()).extracting(Leaf::method).containsExactly("always");
        assertThat(ran.skipped()).singleElement().asString().contains("never()", "excludes sqlite");
    }
}
