package dev.turnstone.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.testing.DatabaseForTests;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Terminates a session while it creates an index concurrently. An older snapshot of another session makes it wait
 * before the index becomes valid.
 */
final class WaitingIndex implements AutoCloseable {

    private final Connection older;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<Boolean> terminated;

    private WaitingIndex(DatabaseForTests database) throws SQLException {
        older = database.dataSource().getConnection();
        try (Statement statement = older.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
        }
        terminated = thread.submit(() -> terminate(database));
    }

    static WaitingIndex on(DatabaseForTests database) throws SQLException {
        return new WaitingIndex(database);
    }

    private static boolean terminate(DatabaseForTests database) throws SQLException, InterruptedException {
        String waiting = "SELECT pg_terminate_backend(a.pid, 10000) FROM pg_stat_activity a"
                + " JOIN pg_stat_progress_create_index p ON p.pid = a.pid JOIN pg_class c ON c.oid = p.relid"
                + " WHERE a.wait_event_type = 'Lock' AND c.relnamespace = '" + database.schema() + "'::regnamespace";
        try (Connection second = database.dataSource().getConnection()) {
            for (int i = 0; i < 2000; i++) {
                if (DatabaseForTests.strings(second, waiting).equals(List.of("t"))) {
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            return false;
        }
    }

    void assertTerminated() throws ExecutionException, InterruptedException {
        assertThat(terminated.get()).isTrue();
    }

    @Override
    public void close() throws SQLException {
        thread.shutdownNow();
        older.close();
    }
}
