package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.junit.Launch.Ran;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.DockerClientFactory;

/** Classes of one run on several versions of PostgreSQL. */
@Tag("container")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ContainerImageTests {

    private static final String IMAGE = System.getProperty("turnstone.postgres.image", "postgres:18");

    static class InContainerTestCase implements MigrationScenarios {
        @RegisterExtension
        static final MigrationTestExtension MIGRATIONS = MigrationTestExtension.builder()
                .dialects("postgresql")
                .postgresImage(IMAGE)
                .build();
    }

    @MigrationTest(dialects = "postgresql")
    static class ElsewhereTestCase implements MigrationScenarios {}

    @Test
    void oneClassRunsInAContainerAndTheOtherOnTheServerOfTheRun() throws Exception {
        boolean there = DockerClientFactory.instance().isDockerAvailable();
        assertThat(there || !Boolean.getBoolean("turnstone.lanes.required"))
                .as("a Docker engine is required by the lane 'container'")
                .isTrue();
        assumeTrue(there, "The lane 'container' is skipped: no Docker engine answers here.");

        Ran ran = Launch.onServer().run(InContainerTestCase.class, ElsewhereTestCase.class);

        assertThat(ran.failures()).isEmpty();
        String report = Files.readString(Launch.DIRECTORY.resolve("reports/report.html"));
        assertThat(report).contains(" of " + IMAGE).containsAnyOf("embedded", "turnstone.postgres.url");
        System.out.println("container: 1 case of two servers in one run was checked on " + IMAGE);
    }
}
