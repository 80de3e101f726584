package example;

import static dev.turnstone.assertions.TurnstoneAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.turnstone.junit.MigratedDatabase;
import dev.turnstone.junit.MigrationScenarios;
import dev.turnstone.junit.MigrationTest;
import dev.turnstone.schema.ObjectKind;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.TestTemplate;

@MigrationTest(baseline = "sql/schema.sql", baselineRevision = "a1f3c8d20b47")
class QueueMigrationsTest implements MigrationScenarios {

    @TestTemplate
    void theMostUrgentJobComesFirst(MigratedDatabase database) throws SQLException {
        JobQueue queue = new JobQueue(database.dataSource());
        queue.add("mail", "mail", 0);
        String urgent = queue.add("mail", "mail", 10);

        assertEquals(Optional.of(urgent), queue.next("mail"));
    }

    @TestTemplate
    void theNextJobIsFoundByAnIndex(MigratedDatabase database) {
        assertThat(database.snapshot())
                .hasOnlyTables("companies", "jobs", "queue_jobs", "users", "workers")
                .has(ObjectKind.INDEX, "ix_jobs_queue_priority_created_at");
    }
}
