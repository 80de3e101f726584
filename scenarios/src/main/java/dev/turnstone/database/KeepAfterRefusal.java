package dev.turnstone.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Keeps a pooled connection after PostgreSQL refused a statement as unsupported, for example a type change of a column
 * that a view uses. HikariCP would close the connection because of the SQLSTATE. Immutable and thread-safe.
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
