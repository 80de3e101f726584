package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Leaf;
import dev.turnstone.junit.Launch.Ran;
import dev.turnstone.scenario.ScenarioOptions.IdempotentBodies;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegisteredExtensionTests {

    static class BuiltTestCase implements MigrationScenarios {
        @RegisterExtension
        static final MigrationTestExtension MIGRATIONS = MigrationTestExtension.builder()
                .location(Path.of("src/test/resources/db/migrations"))
                .dialects("sqlite")
                .scenarios("up-down-up", "fresh-install")
                .revisions("5e11a0000002")
                .idempotentBodies(IdempotentBodies.REQUIRED)
                .build();

        @TestTemplate
        void template(MigratedDatabase database) {
            assertThat(database.dialect().name()).isEqualTo("sqlite");
        }

        @Test
        void plain(MigratedDatabase database) {}

        @Nested
        class Inner {
            @Test
            void inherits(MigratedDatabase database) {}
        }

        @Nested
        @MigrationTest
        class WithItsOwn {
            @TestTemplate
            void both(MigratedDatabase database) {}
        }
    }

    @Test
    void theBuilderSaysWhatTheAnnotationCanSay() {
        Ran ran = Launch.onServer().run(BuiltTestCase.class);

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves().stream().map(Leaf::place))
                .containsExactlyInAnyOrder(
                        "upDownUp/SQLite/sqlite 5e11a0000002 find by email",
                        "template/sqlite",
                        "plain/RegisteredExtensionTests$BuiltTestCase/plain(MigratedDatabase)",
                        "inherits/RegisteredExtensionTests$BuiltTestCase/Inner/inherits(MigratedDatabase)",
                        "both/sqlite",
                        "both/postgresql");
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClassTestCase {
        @RegisterExtension
        final MigrationTestExtension migrations =
                MigrationTestExtension.builder().dialects("sqlite").build();

        @Test
        void plain(MigratedDatabase database) {}
    }

    @Test
    void aFieldOfTheInstanceServesWhereThatIsThereFirst() {
        Ran ran = Launch.onServer().run(PerClassTestCase.class);

        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves()).hasSize(1);
    }
}
