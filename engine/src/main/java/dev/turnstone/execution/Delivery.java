package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends the statements of one run of a revision's body, and knows how far it came. */
final class Delivery {

    private final Connection connection;
    private final Dialect dialect;
    private final Predicate<SqlStatement> travelsWithOthers;
    private final List<SqlStatement> committed = new ArrayList<>();
    private final List<SqlStatement> pending = new ArrayList<>();
    private boolean authorsTransaction;
    private @Nullable SendFailure failure;

    private Delivery(Connection connection, Dialect dialect, Predicate<SqlStatement> travelsWithOthers) {
        this.connection = connection;
        this.dialect = dialect;
        this.travelsWithOthers = travelsWithOthers;
    }

    /** Sends what is recorded up to a barrier in as few round trips as the dialect allows; failures need locating. */
    static Delivery together(Connection connection, Dialect dialect) {
        return new Delivery(connection, dialect, dialect::travelsWithOthers);
    }

    /** Sends each statement alone, which tells where a failure is. */
    static Delivery singly(Connection connection, Dialect dialect) {
        return new Delivery(connection, dialect, statement -> false);
    }

    /** Sends statements; after a failure, which a migration's own code may have caught, nothing is sent any more. */
    void send(List<SqlStatement> statements) {
        throwFailure();
        List<SqlStatement> batch = new ArrayList<>();
        for (SqlStatement statement : statements) {
            boolean alone = !travelsWithOthers.test(statement);
            if (alone) {
                sendBatch(batch);
            }
            batch.add(statement);
            if (alone) {
                sendBatch(batch);
            }
        }
        sendBatch(batch);
    }

    private void sendBatch(List<SqlStatement> batch) {
        if (batch.size() == 1) {
            sendOne(batch.get(0));
        } else if (!batch.isEmpty()) {
            sendTogether(batch.stream().map(SqlStatement::text).collect(Collectors.joining(";\n")));
        }
        batch.forEach(this::note);
        batch.clear();
    }

    private void sendOne(SqlStatement statement) {
        try {
            dialect.execute(connection, statement);
        } catch (SQLException e) {
            failure = new SendFailure(statement, e);
            throw failure;
        }
    }

    private void sendTogether(String sql) {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            jdbc.execute(sql);
            while (jdbc.getMoreResults() || jdbc.getUpdateCount() != -1) {
                // Every result is awaited, so that a failure of a later statement shows here.
            }
        } catch (SQLException e) {
            failure = new SendFailure(null, e);
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
