package dev.turnstone.dialect;

import java.sql.SQLException;

/** Held by the one of several starts that migrates. Closing it lets the next one in. */
public interface StartLock extends AutoCloseable {

    /**
     * Whether nobody else can migrate while this is held. Where not, each step asks for the version again inside its
     * own transaction, which keeps others out.
     */
    boolean coversRun();

    @Override
    void close() throws SQLException;
}
