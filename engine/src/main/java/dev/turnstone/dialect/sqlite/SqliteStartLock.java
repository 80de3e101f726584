package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.StartLock;

/**
 * No lock of its own: each step begins with SQLite's write lock, and asks for the version again when it has it.
 *
 * <p>How long a step waits for that lock is the connection's {@code busy_timeout}.
 */
final class SqliteStartLock implements StartLock {

    @Override
    public boolean coversRun() {
        return false;
    }

    @Override
    public void close() {}
}
