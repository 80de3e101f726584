package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends the statements of one run of a revision's body, and knows how far it came. */
final class Delivery {

    private final Connection connection;
    private final boolean together;
    private final List<SqlStatement> committed = new ArrayList<>();
    private final List<SqlStatement> pending = new ArrayList<>();
    private boolean authorsTransaction;
    private @Nullable SendFailure failure;

    private Delivery(Connection connection, boolean together) {
        this.connection = connection;
        this.together = together;
    }

    /** Sends what is recorded up to a barrier in one round trip; which statement fails is not known then. */
    static Delivery together(Connection connection) {
        return new Delivery(connection, true);
    }

    /** Sends each statement alone, which tells where a failure is. */
    static Delivery singly(Connection connection) {
        return new Delivery(connection, false);
    }

    /** Sends statements; after a failure, which a migration's own code may have caught, nothing is sent any more. */
    void send(List<SqlStatement> statements) {
        throwFailure();
        if (!together || statements.size() == 1) {
            for (SqlStatement statement : statements) {
                send(statement.text(), statement);
                note(statement);
            }
        } else if (!statements.isEmpty()) {
            send(statements.stream().map(SqlStatement::text).collect(Collectors.joining(";\n")), null);
        }
    }

    private void send(String sql, @Nullable SqlStatement statement) {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            jdbc.execute(sql);
            while (jdbc.getMoreResults() || jdbc.getUpdateCount() != -1) {
                // Every result is awaited, so that a failure of a later statement shows here.
            }
        } catch (SQLException e) {
            failure = new SendFailure(statement, e);
            throw failure;
        }
    }

    private void note(SqlStatement statement) {
        switch (statement.traits()) {
            case BEGINS -> authorsTransaction = true;
            case ENDS -> {
                if (!statement.text().toUpperCase(Locale.ROOT).matches("(?s)(ROLLBACK|ABORT).*")) {
                    committed.addAll(pending);
                }
                pending.clear();
                authorsTransaction = false;
            }
            default -> (authorsTransaction ? pending : committed).add(statement);
        }
    }

    /** Throws the failure that there was, if any. */
    void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    /** What has run and is committed, where no transaction of the engine's is around it. */
    List<SqlStatement> committed() {
        return List.copyOf(committed);
    }

    /** Whether a transaction that the author began is still open. */
    boolean leftTransactionOpen() {
        return authorsTransaction;
    }
}
