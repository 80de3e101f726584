package dev.turnstone.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Keeps a connection on which PostgreSQL has refused something as unsupported. It says so of changing the type of a column
 * that a view has, and HikariCP takes it for a driver that cannot go on. Immutable and thread-safe.
 */
final class KeepAfterRefusal implements SQLExceptionOverride {

    private static final String FEATURE_NOT_SUPPORTED = "0A000";

    @java.lang.Override // The interface has a type of that name.
    public SQLExceptionOverride.Override adjudicate(SQLException refusal) {
        return FEATURE_NOT_SUPPORTED.equals(refusal.getSQLState())
                ? SQLExceptionOverride.Override.DO_NOT_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
