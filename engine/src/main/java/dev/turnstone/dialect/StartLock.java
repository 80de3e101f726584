package dev.turnstone.dialect;

import java.sql.SQLException;

/** The lock that allows one of several concurrent starts to migrate. Closing it lets the next start continue. */
public interface StartLock extends AutoCloseable {

    /**
     * Returns whether the lock excludes all other starts while it is held. If not, each step reads the version again in
     * its own transaction, which excludes others.
     */
    boolean coversRun();

    @Override
    void close() throws SQLException;
}
