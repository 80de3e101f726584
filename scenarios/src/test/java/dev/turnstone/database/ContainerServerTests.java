package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;

/** PostgreSQL in containers, of the image that {@code turnstone.postgres.image} names. */
@Tag("container")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ContainerServerTests {

    private static final String IMAGE =
            System.getProperty("turnstone.postgres.image", ContainerSettings.DEFAULT.image());
    private static final AtomicInteger CHECKED = new AtomicInteger();

    @BeforeAll
    static void require() {
        boolean there = ContainerServer.unavailable().isEmpty();
        if (Boolean.getBoolean("turnstone.lanes.required")) {
            assertThat(there)
                    .as("a Docker engine is required by the lane 'container'")
                    .isTrue();
        }
        assumeTrue(there, "The lane 'container' is skipped: no Docker engine answers here.");
    }

    @AfterAll
    static void say() {
        ContainerServer.stop();
        if (!ContainerServer.unavailable().isEmpty()) {
            return; // JUnit comes here too where the class is skipped.
        }
        System.out.println("container: " + CHECKED + " cases were checked on " + IMAGE);
        assertThat(CHECKED.get()).isPositive();
    }

    private static DatabaseSettings docker(String... more) {
        return more.length == 0
                ? TestSettings.of(Map.of("turnstone.postgres.source", "docker", "turnstone.postgres.image", IMAGE))
                : TestSettings.of(Map.of(
                        "turnstone.postgres.source", "docker", "turnstone.postgres.image", IMAGE, more[0], more[1]));
    }

    private static String id(TestDatabases databases) {
        String title = databases.server(PostgresDialect.INSTANCE);
        assertThat(title).matches("PostgreSQL [0-9.]+, container [0-9a-f]{12} of .+");
        return title.replaceFirst(".*container ([0-9a-f]{12}) .*", "$1");
    }

    private static boolean exists(String id) {
        try {
            return Boolean.TRUE.equals(
                    docker().inspectContainerCmd(id).exec().getState().getRunning());
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }

    @Test
    void oneContainerServesTheProcessUntilItIsStopped() throws SQLException {
        String id;
        try (TestDatabases one = TestDatabases.with(docker("turnstone.keep", "never"));
                TestDatabases two = TestDatabases.with(docker("turnstone.keep", "never"));
                TestDatabase schema = one.create(PostgresDialect.INSTANCE, Isolation.SCHEMA);
                TestDatabase database = one.create(PostgresDialect.INSTANCE, Isolation.DATABASE)) {
            id = id(one);
            System.out.println("container: PostgreSQL ran in container " + id);
            assertThat(id(two)).isEqualTo(id);
            assertThat(one.useEmbedded()).isFalse();
            assertThat(query(schema.dataSource(), "SELECT current_schema() LIKE 'turnstone%'"))
                    .containsExactly("t");
            assertThat(query(database.dataSource(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .containsExactly("0");
        }
        assertThat(exists(id)).isTrue();

        ContainerServer.stop();
        assertThat(exists(id)).isFalse();
        CHECKED.incrementAndGet();
    }

    @Test
    void severalServersRunBesideEachOther() {
        try (TestDatabases embedded = TestDatabases.with(TestSettings.embedded());
                TestDatabases container =
                        TestDatabases.with(TestSettings.embedded().withContainerOf(IMAGE))) {
            assertThat(embedded.server(PostgresDialect.INSTANCE)).endsWith(", embedded");
            assertThat(container.server(PostgresDialect.INSTANCE)).endsWith(" of " + IMAGE);
            assertThat(container.useEmbedded()).isFalse();
        }
        CHECKED.incrementAndGet();
    }

    @Test
    void autoPrefersAContainerToTheEmbeddedServer() {
        try (TestDatabases databases = TestDatabases.with(TestSettings.of(Map.of("turnstone.postgres.image", IMAGE)))) {
            assertThat(databases.server(PostgresDialect.INSTANCE)).contains("container ");
        }
        CHECKED.incrementAndGet();
    }

    @Test
    void autoTakesTheEmbeddedServerWhereTheImageCannotBeHad() {
        DatabaseSettings settings =
                TestSettings.of(Map.of("turnstone.postgres.image", "turnstone.invalid/there-is-no-such:image"));
        try (TestDatabases databases = TestDatabases.with(settings)) {
            assertThat(databases.server(PostgresDialect.INSTANCE)).endsWith(", embedded");
        }
        CHECKED.incrementAndGet();
    }

    @Test
    void anImageThatIsNotHereIsPulledInLimitedTime() {
        assertThat(ImagePull.obstacle(IMAGE, Duration.ofSeconds(1))).isEmpty();
        assertThat(ImagePull.obstacle("turnstone.invalid/there-is-no-such:image", Duration.ofMinutes(1)))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("the image turnstone.invalid/there-is-no-such:image is not on this machine")
                        .contains("docker pull turnstone.invalid/there-is-no-such:image"));
        CHECKED.incrementAndGet();
    }

    @Test
    void aKilledRunsContainerIsRemovedAndNoOther() {
        Owner gone = new Owner(Owner.current().host(), 1L << 40, Instant.EPOCH, Instant.now());
        String abandoned = start(gone);
        String used = start(Owner.current());
        try {
            AbandonedContainers.remove();

            assertThat(exists(abandoned)).isFalse();
            assertThat(exists(used)).isTrue();
        } finally {
            docker().removeContainerCmd(used).withForce(true).exec();
        }
        CHECKED.incrementAndGet();
    }

    private static String start(Owner owner) {
        String id = docker().createContainerCmd(IMAGE)
                .withEnv("POSTGRES_PASSWORD=none")
                .withLabels(Map.of(TestcontainersServer.OWNER_LABEL, owner.marker(Owner.Kind.SERVER)))
                .exec()
                .getId();
        docker().startContainerCmd(id).exec();
        return id;
    }

    @Test
    void aContainerThatIsReusedOutlivesTheRun() {
        assumeTrue(
                "true".equals(System.getenv("TESTCONTAINERS_REUSE_ENABLE")), "Reuse is not allowed on this machine.");
        DatabaseSettings reused = docker("turnstone.postgres.reuse", "true");
        String id = null;
        try (TestDatabases first = TestDatabases.with(reused)) {
            id = id(first);
            ContainerServer.stop();
            assertThat(exists(id)).isTrue();
            try (TestDatabases second = TestDatabases.with(reused)) {
                assertThat(id(second)).isEqualTo(id);
            }
        } finally {
            if (id != null) {
                docker().removeContainerCmd(id)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            }
        }
        CHECKED.incrementAndGet();
    }

    @Test
    void anImageThatIsNoServerIsTold() {
        DatabaseSettings settings = TestSettings.embedded().withContainerOf("turnstone.invalid/no such image");
        try (TestDatabases databases = TestDatabases.with(settings)) {
            assertThatThrownBy(() -> databases.server(PostgresDialect.INSTANCE))
                    .isInstanceOf(ContainerServerException.class)
                    .hasMessageContaining("turnstone.invalid/no such image")
                    .hasMessageContaining("turnstone.postgres.image");
        }
        CHECKED.incrementAndGet();
    }
}
