package dev.turnstone.execution.step;

import dev.turnstone.dialect.SqlStatement;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries an exception of the database through the code of a migration. */
final class SendFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable SqlStatement statement;

    /**
     * @param statement the failed statement; null if several were sent together
     * @param cause the exception of the database
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
