package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.StartLock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds SQLite's write lock on an empty database beside the real one, which stays free for the statements of a step
 * without a transaction. The operating system releases the lock when the process ends.
 *
 * <p>The file is never deleted. A process that waited for a deleted file would hold the lock of a file that no other
 * process can open.
 */
final class SqliteSideLock implements StartLock {

    /** Null if no other connection can open the database. */
    private final @Nullable Connection side;

    private SqliteSideLock(@Nullable Connection side) {
        this.side = side;
    }

    static SqliteSideLock take(Connection connection, Duration timeout) throws SQLException {
        List<String> files =
                SqliteCatalog.strings(connection, "SELECT file FROM pragma_database_list WHERE name = 'main'");
        if (files.isEmpty() || files.get(0).isEmpty()) {
            return new SqliteSideLock(null); // in memory
        }
        Connection side = DriverManager.getConnection("jdbc:sqlite:" + files.get(0) + "-turnstone-lock");
        try {
            SqliteStartLock.beginImmediate(side, timeout);
            return new SqliteSideLock(side);
        } catch (SQLException | RuntimeException e) {
            side.close();
            throw e;
        }
    }

    /**
     * {@inheritDoc} Returns false like {@link SqliteStartLock#coversRun()}, because steps with a transaction do not
     * take this lock.
     */
    @Override
    public boolean coversRun() {
        return false;
    }

    @Override
    public void close() throws SQLException {
        if (side != null) {
            side.close();
        }
    }
}
