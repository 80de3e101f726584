package dev.turnstone.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ClusterLockTests {

    @Test
    void aRunWaitsForAnotherProcessThatChangesRoles() throws Exception {
        AtomicBoolean released = new AtomicBoolean();
        try (TestDatabases databases = TestDatabases.with(
                        TestSettings.url(TestSettings.embeddedUrl("postgres", "postgres")));
                Connection other = TestSettings.server().inDatabase("postgres").getConnection()) {
            TestSettings.query(other, "SELECT pg_advisory_lock(" + ClusterLock.KEY + ")");
            CompletableFuture<Boolean> releasedBefore = CompletableFuture.supplyAsync(() -> {
                databases.serialiseClusterChanges();
                return released.get();
            });
            assertThat(releasedBefore).isNotDone();
            Thread.sleep(500); // gives a run that does not wait the time to show it
            released.set(true);
            TestSettings.query(other, "SELECT pg_advisory_unlock(" + ClusterLock.KEY + ")");

            assertThat(releasedBefore.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(TestSettings.query(other, "SELECT pg_try_advisory_lock(" + ClusterLock.KEY + ")"))
                    .containsExactly("f");
            databases.close();
            TestSettings.execute(other, "SET statement_timeout = '30s'");
            TestSettings.query(other, "SELECT pg_advisory_lock(" + ClusterLock.KEY + ")"); // fails if it is still held
        }
    }
}
