package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Ran;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ManyThreadsTests {

    private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

    @MigrationTest(dialects = "postgresql")
    static class TwoHundredTestCase {
        @RepeatedTest(200)
        void each(MigratedDatabase database) throws SQLException {
            THREADS.add(Thread.currentThread());
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO customer (id) VALUES (1)");
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM customer")) {
                    row.next();
                    assertThat(row.getInt(1)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void twoHundredTestsOnEightThreadsNeedTenConnectionsAndLeaveNothing() throws SQLException {
        THREADS.clear();
        // The server refuses the eleventh.
        try (ModestRole role = ModestRole.create("threads", "CONNECTION LIMIT 10")) {
            Ran ran = Launch.on(role.url()).onThreads(8).run(TwoHundredTestCase.class);

            assertThat(ran.failures()).isEmpty();
            assertThat(ran.leaves()).hasSize(200);
            assertThat(THREADS).hasSizeGreaterThan(1).hasSizeLessThanOrEqualTo(8);
            try (Connection look = role.lookInto();
                    Statement statement = look.createStatement();
                    ResultSet left = statement.executeQuery(
                            "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'turnstone%'")) {
                left.next();
                assertThat(left.getInt(1)).isZero();
            }
        }
    }
}
