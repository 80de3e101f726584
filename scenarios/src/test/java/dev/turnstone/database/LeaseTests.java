package dev.turnstone.database;

import static dev.turnstone.database.TestSettings.execute;
import static dev.turnstone.database.TestSettings.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an owner on another host has made is removed when its lease is free, and never while it is held. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LeaseTests {

    private static final Workspace WORKSPACE = Workspace.at(TestSettings.DIRECTORY);
    private static final Owner LIVING = Owner.current();
    private static final String LEASES = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'";

    private static Owner elsewhere(String run, Duration age) {
        return new Owner(
                "elsewhere", LIVING.pid(), LIVING.started(), Instant.now().minus(age), run);
    }

    private static void schema(Connection admin, String name, Owner owner) throws SQLException {
        execute(
                admin,
                "CREATE SCHEMA " + name,
                "COMMENT ON SCHEMA " + name + " IS '" + owner.marker(Owner.Kind.SCHEMA) + "'");
    }

    private static List<String> schemas(Connection admin) throws SQLException {
        return query(admin, "SELECT nspname FROM pg_namespace");
    }

    @Test
    void aFreeLeaseGivesUpWhatIsOldEnoughAndAHeldOneNothing() throws SQLException {
        String gone = "00000000000000aa";
        String alive = "00000000000000bb";
        try (Connection admin = TestSettings.server().connect();
                Lease lease = Lease.take(TestSettings.server(), alive)) {
            schema(admin, "lease_free_old", elsewhere(gone, Duration.ofMinutes(2)));
            schema(admin, "lease_free_young", elsewhere(gone, Duration.ofSeconds(5)));
            schema(admin, "lease_held_old", elsewhere(alive, Duration.ofDays(30)));
            schema(
                    admin,
                    "lease_held_here",
                    new Owner(
                            LIVING.host(),
                            LIVING.pid(),
                            LIVING.started().minus(Duration.ofHours(1)),
                            LIVING.created(),
                            alive));
            execute(
                    admin,
                    "CREATE DATABASE lease_free_database",
                    "COMMENT ON DATABASE lease_free_database IS '"
                            + elsewhere(gone, Duration.ofMinutes(2)).marker(Owner.Kind.DATABASE) + "'");
            try {
                Reaper.sweep(TestSettings.server(), WORKSPACE);

                assertThat(schemas(admin))
                        .doesNotContain("lease_free_old")
                        .contains("lease_free_young", "lease_held_old", "lease_held_here");
                assertThat(query(admin, "SELECT datname FROM pg_database")).doesNotContain("lease_free_database");
            } finally {
                execute(admin, "DROP SCHEMA lease_free_young, lease_held_old, lease_held_here CASCADE");
            }
        }
    }

    @Test
    void aLeaseInAnotherDatabaseOfTheServerIsSeen() throws SQLException {
        String alive = "00000000000000cc";
        try (Connection admin = TestSettings.server().connect()) {
            execute(admin, "CREATE DATABASE lease_other");
            PostgresServer other = PostgresServer.named(
                    Objects.requireNonNull(TestSettings.url(TestSettings.embeddedUrl("postgres", "lease_other"))
                            .postgres()));
            try (Lease lease = Lease.take(other, alive)) {
                schema(admin, "lease_in_other", elsewhere(alive, Duration.ofDays(1)));
                Reaper.sweep(TestSettings.server(), WORKSPACE);
                assertThat(schemas(admin)).contains("lease_in_other");
            } finally {
                execute(admin, "DROP SCHEMA lease_in_other", "DROP DATABASE lease_other WITH (FORCE)");
            }
        }
    }

    @Test
    void aLeaseWhoseSessionWasEndedIsTakenAgain() throws Exception {
        try (Connection admin = TestSettings.server().connect();
                Lease lease = Lease.take(TestSettings.server(), "00000000000000dd")) {
            List<String> before = query(admin, LEASES);
            assertThat(before).hasSize(1);
            execute(admin, "SELECT pg_terminate_backend(" + before.get(0) + ")");
            List<String> after = List.of();
            for (int i = 0; i < 300 && (after.isEmpty() || after.equals(before)); i++) {
                Thread.sleep(10);
                after = query(admin, LEASES);
            }
            assertThat(after).hasSize(1).isNotEqualTo(before);
        }
    }

    @Test
    void databasesOnANamedServerHoldALeaseUntilTheyAreClosed() throws Exception {
        try (Connection admin = TestSettings.server().connect()) {
            DatabaseSettings named =
                    TestSettings.of(Map.of("turnstone.postgres.url", TestSettings.embeddedUrl("postgres", "postgres")));
            try (TestDatabases databases = TestDatabases.with(named)) {
                databases.server(PostgresDialect.INSTANCE);
                assertThat(query(admin, LEASES)).hasSize(1);
            }
            for (int i = 0; i < 100 && !query(admin, LEASES).isEmpty(); i++) {
                Thread.sleep(20);
            }
            assertThat(query(admin, LEASES)).isEmpty();
        }
    }

    @Test
    void markersWithAndWithoutARunAreRead() {
        Owner old = new Owner("h", 1, LIVING.started(), LIVING.created());
        Owner leased = elsewhere("0123456789abcdef", Duration.ofMinutes(1));
        for (Owner owner : List.of(old, LIVING, leased)) {
            assertThat(Owner.read(Owner.Kind.SCHEMA, owner.marker(Owner.Kind.SCHEMA)))
                    .hasValue(owner);
        }
        assertThat(LIVING.marker(Owner.Kind.SCHEMA)).endsWith("; run=" + Owner.RUN);
    }
}
