package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries what the database said through a migration's own code. */
final class SendFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable SqlStatement statement;

    /**
     * @param statement the one that failed; null where several travelled together
     * @param cause what the database said
     */
    SendFailure(@Nullable SqlStatement statement, SQLException cause) {
        super(cause);
        this.statement = statement;
    }

    @Nullable
    SqlStatement statement() {
        return statement;
    }

    SQLException sqlException() {
        return (SQLException) Objects.requireNonNull(getCause());
    }
}
