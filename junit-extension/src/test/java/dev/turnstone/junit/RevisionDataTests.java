package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Ran;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class RevisionDataTests {

    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

    private static int customers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM customer")) {
            result.next();
            return result.getInt(1);
        }
    }

    @MigrationTest(scenarios = "rows")
    static class SoundTestCase implements MigrationScenarios {

        @Override
        public void data(RevisionData data) {
            data.seedFrom("5e11a0000001", "classpath:rows/customer.csv")
                    .afterUpgrade(
                            "5e11a0000002",
                            connection -> SEEN.add(data.dialect().name() + " up " + customers(connection)))
                    .afterDowngrade(
                            "5e11a0000002",
                            connection -> SEEN.add(data.dialect().name() + " down " + customers(connection)));
        }
    }

    @Test
    void aClassPutsRowsInAndLooksAtThem() {
        SEEN.clear();
        Ran ran = Launch.onServer().run(SoundTestCase.class);
        assertThat(ran.failures()).isEmpty();
        assertThat(SEEN)
                .containsExactly(
                        "sqlite up 2",
                        "sqlite down 2",
                        "sqlite up 2",
                        "postgresql up 2",
                        "postgresql down 2",
                        "postgresql up 2");
    }

    @MigrationTest(scenarios = "rows", dialects = "sqlite")
    static class FailingTestCase implements MigrationScenarios {

        @Override
        public void data(RevisionData data) {
            data.afterUpgrade("5e11a0000002", connection -> assertThat(customers(connection))
                    .as("customers")
                    .isEqualTo(77));
        }
    }

    @Test
    void whatFailsIsTheTestOfItsRevision() {
        Ran ran = Launch.onServer().run(FailingTestCase.class);
        assertThat(ran.failed()).hasSize(1);
        assertThat(ran.failures().toString())
                .contains("5e11a0000002", "assertion-failed", "afterUpgrade", "[customers]", "77");
    }

    @MigrationTest(scenarios = "rows", dialects = "sqlite")
    static class MistakenTestCase implements MigrationScenarios {

        @Override
        public void data(RevisionData data) {
            data.seedAt("c41d", "INSERT INTO customer VALUES (1)");
        }
    }

    @Test
    void aRevisionThatIsNotThereIsTold() {
        Ran ran = Launch.onServer().run(MistakenTestCase.class);
        assertThat(ran.failures().toString()).contains("Revision 'c41d'", "is not one");
    }
}
