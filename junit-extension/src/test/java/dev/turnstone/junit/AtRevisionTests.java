package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Ran;
import dev.turnstone.snapshot.SchemaSnapshot;
import java.sql.Connection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.platform.engine.TestExecutionResult.Status;

class AtRevisionTests {

    private static final Queue<String> DATABASES = new ConcurrentLinkedQueue<>();

    private static Set<String> versions(MigratedDatabase database) {
        return database.migrator().current().stream()
                .map(Object::toString)
                .collect(java.util.stream.Collectors.toSet());
    }

    @MigrationTest
    static class OnMethodTestCase {

        @BeforeEach
        void isThereToo(MigratedDatabase database, org.junit.jupiter.api.TestInfo test) {
            DATABASES.add(database.toString());
            if (test.getTags().contains("base")) {
                assertThat(versions(database)).isEmpty();
            }
        }

        @TestTemplate
        @AtRevision("5e11a0000001")
        void atTheFirst(MigratedDatabase database, SchemaSnapshot snapshot) {
            assertThat(versions(database)).containsExactly("5e11a0000001");
            assertThat(snapshot.schema().tables())
                    .extracting(table -> table.name())
                    .contains("customer");
            database.migrator().upgrade("head");
            assertThat(versions(database)).containsExactly("5e11a0000002");
        }

        @TestTemplate
        @org.junit.jupiter.api.Tag("base")
        @AtRevision("base")
        void beforeAll(SchemaSnapshot snapshot) {
            assertThat(snapshot.schema().tables()).isEmpty();
        }

        @TestTemplate
        void atTheHeads(MigratedDatabase database) {
            assertThat(versions(database)).containsExactly("5e11a0000002");
        }
    }

    @Test
    void theMethodSaysWhereAndWhatIsAroundItIsThereToo() {
        DATABASES.clear();
        Ran ran = Launch.onServer().run(OnMethodTestCase.class);
        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves()).hasSize(6);
        assertThat(DATABASES).hasSize(6).doesNotHaveDuplicates();
    }

    @MigrationTest
    static class OnParameterTestCase {

        @BeforeEach
        @AtRevision("5e11a0000001")
        void around(MigratedDatabase first) {
            DATABASES.add(first.toString());
        }

        @TestTemplate
        void apart(
                @AtRevision("5e11a0000001") MigratedDatabase before,
                @AtRevision("5e11a0000001") Connection same,
                MigratedDatabase after)
                throws Exception {
            assertThat(versions(before)).containsExactly("5e11a0000001");
            assertThat(versions(after)).containsExactly("5e11a0000002");
            assertThat(before.toString()).isNotEqualTo(after.toString());
            assertThat(DATABASES).contains(before.toString());
            try (var statement = same.createStatement()) {
                statement.execute("INSERT INTO customer (id) VALUES (7)");
            }
            before.migrator().upgrade("head");
            try (var statement = same.createStatement();
                    var row = statement.executeQuery("SELECT id FROM customer")) {
                assertThat(row.next()).isTrue();
            }
        }
    }

    @Test
    void eachParameterSaysWhereAndOneRevisionIsOneDatabase() {
        DATABASES.clear();
        Ran ran = Launch.onServer().run(OnParameterTestCase.class);
        assertThat(ran.failures()).isEmpty();
        assertThat(ran.leaves()).hasSize(2).allMatch(leaf -> leaf.status() == Status.SUCCESSFUL);
    }

    @MigrationTest(locations = "target/hundred-revisions", dialects = "sqlite")
    static class SqliteTestCase {
        @RepeatedTest(4)
        @AtRevision("ab0000000095")
        void long_(MigratedDatabase database) throws Exception {
            expectNinetyFive(database);
        }
    }

    @MigrationTest(locations = "target/hundred-revisions", dialects = "postgresql")
    static class PostgresTestCase {
        @RepeatedTest(4)
        @AtRevision("ab0000000095")
        void long_(MigratedDatabase database) throws Exception {
            expectNinetyFive(database);
        }
    }

    private static void expectNinetyFive(MigratedDatabase database) throws Exception {
        DATABASES.add(database.toString());
        assertThat(versions(database)).containsExactly("ab0000000095");
        assertThat(database.snapshot().schema().tables().size()).isEqualTo(19);
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("SELECT count(*) FROM t0")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
            statement.execute("DELETE FROM t0");
        }
        database.migrator().upgrade("head");
        assertThat(versions(database)).containsExactly("ab0000000100");
    }

    @Test
    void copiesOfALongHistoryAreEqualAndApart() throws Exception {
        LongHistory.write(java.nio.file.Path.of("target/hundred-revisions"), 100);
        for (Class<?> testCase : List.of(SqliteTestCase.class, PostgresTestCase.class)) {
            DATABASES.clear();
            Ran ran = Launch.onServer().run(testCase);
            assertThat(ran.failures()).as(testCase.getSimpleName()).isEmpty();
            assertThat(DATABASES).hasSize(4).doesNotHaveDuplicates();
        }
    }
}
