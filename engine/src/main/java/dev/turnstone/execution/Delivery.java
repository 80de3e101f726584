package dev.turnstone.execution;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends the statements of one run of a revision's body, and knows how far it came. */
final class Delivery {

    private final Connection connection;
    private final Dialect dialect;
    private final Rebuilds rebuilds;
    private final Predicate<SqlStatement> travelsWithOthers;
    private final List<SqlStatement> committed = new ArrayList<>();
    private final List<SqlStatement> pending = new ArrayList<>();
    private boolean authorsTransaction;
    private boolean clearsHalfMade;
    private final @Nullable Gap gap;
    private boolean inGap;
    private boolean hadGap;
    private int lasting;
    private @Nullable RuntimeException failure;

    private Delivery(
            Connection connection,
            Dialect dialect,
            Rebuilds rebuilds,
            Predicate<SqlStatement> travelsWithOthers,
            @Nullable Gap gap) {
        this.connection = connection;
        this.dialect = dialect;
        this.rebuilds = rebuilds;
        this.travelsWithOthers = travelsWithOthers;
        this.gap = gap;
    }

    /** Sends statements that rebuild a table, where the database does not act on foreign keys. */
    interface Rebuilds {
        void run(Runnable send) throws SQLException;
    }

    /** The transaction that is around the statements, and that those which stand outside of it interrupt. */
    interface Gap {
        void leave(Delivery delivery) throws SQLException;

        void enter() throws SQLException;
    }

    /** Sends what is recorded up to a barrier in as few round trips as the dialect allows; failures need locating. */
    static Delivery together(Connection connection, Dialect dialect, Rebuilds rebuilds, Gap gap) {
        return new Delivery(connection, dialect, rebuilds, dialect::travelsWithOthers, gap);
    }

    /** Sends each statement of a transaction alone, which tells where a failure is. */
    static Delivery singly(Connection connection, Dialect dialect, Rebuilds rebuilds, Gap gap) {
        return new Delivery(connection, dialect, rebuilds, statement -> false, gap);
    }

    /** Sends each statement alone, and no transaction is around them. */
    static Delivery alone(Connection connection, Dialect dialect, Rebuilds rebuilds) {
        return new Delivery(connection, dialect, rebuilds, statement -> false, null);
    }

    /** Removes, before a statement, what a run that was cut off in the middle of it has left half made. */
    void clearsHalfMade() {
        clearsHalfMade = true;
    }

    /** Sends statements; after a failure, which a migration's own code may have caught, nothing is sent any more. */
    void send(List<SqlStatement> statements) {
        throwFailure();
        if (statements.stream().noneMatch(s -> s.traits() == Traits.REBUILDS)) {
            sendAll(statements);
            return;
        }
        int before = committed.size();
        try {
            rebuilds.run(() -> sendAll(statements));
        } catch (SQLException e) {
            committed.subList(before, committed.size()).clear();
            throw failed(null, e);
        } catch (RuntimeException e) {
            committed.subList(before, committed.size()).clear();
            failure = e;
            throw e;
        }
    }

    private void sendAll(List<SqlStatement> statements) {
        List<SqlStatement> batch = new ArrayList<>();
        for (SqlStatement statement : statements) {
            boolean outside = gap != null && statement.traits() == Traits.OUTSIDE;
            if (outside != inGap) {
                sendBatch(batch);
                crossGap(statement);
            }
            boolean alone = hadGap || !travelsWithOthers.test(statement);
            if (alone) {
                sendBatch(batch);
            }
            batch.add(statement);
            if (alone) {
                sendBatch(batch);
            }
            if (outside) {
                lasting = committed.size();
            }
        }
        sendBatch(batch);
    }

    private void crossGap(@Nullable SqlStatement statement) {
        Gap around = Objects.requireNonNull(gap);
        try {
            if (inGap) {
                around.enter();
            } else {
                around.leave(this);
                hadGap = true;
                lasting = committed.size();
            }
            inGap = !inGap;
        } catch (SQLException e) {
            throw failed(statement, e);
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** Goes back into the transaction where the last statement stood outside of it. */
    void endInTransaction() {
        if (inGap) {
            crossGap(null);
        }
    }

    /** What remains though the transaction is rolled back: all up to the last statement that stood outside of it. */
    List<SqlStatement> lasting() {
        return List.copyOf(committed.subList(0, lasting));
    }

    /** What a rollback of the transaction takes back: all since the last statement that stood outside of it. */
    List<SqlStatement> inTransaction() {
        return List.copyOf(committed.subList(lasting, committed.size()));
    }

    /** Whether the last statement stood outside of the transaction. */
    boolean isInGap() {
        return inGap;
    }

    private void sendBatch(List<SqlStatement> batch) {
        if (batch.size() == 1) {
            try {
                if (clearsHalfMade || batch.get(0).traits() == Traits.OUTSIDE) {
                    dialect.clearHalfMade(connection, batch.get(0));
                }
                dialect.execute(connection, batch.get(0));
            } catch (SQLException e) {
                throw failed(batch.get(0), e);
            }
        } else if (!batch.isEmpty()) {
            sendTogether(batch.stream().map(SqlStatement::text).collect(Collectors.joining(";\n")));
        }
        batch.forEach(this::note);
        batch.clear();
    }

    private void sendTogether(String sql) {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            jdbc.execute(sql);
            while (jdbc.getMoreResults() || jdbc.getUpdateCount() != -1) {
                // Every result is awaited, so that a failure of a later statement shows here.
            }
        } catch (SQLException e) {
            throw failed(null, e);
        }
    }

    private SendFailure failed(@Nullable SqlStatement statement, SQLException cause) {
        SendFailure said = new SendFailure(statement, cause);
        failure = said;
        return said;
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

    /** Whether anything has run. */
    boolean hasSent() {
        return !committed.isEmpty() || !pending.isEmpty();
    }

    /** What has run and is committed, where no transaction of the engine's is around it. */
    List<SqlStatement> committed() {
        return List.copyOf(committed);
    }

    /**
     * What has been committed or not, when the connection was lost.
     *
     * @param underWay the statement that was sent last; null where it had been answered
     */
    List<SqlStatement> uncertain(@Nullable SqlStatement underWay) {
        if (underWay == null) {
            return List.of();
        }
        List<SqlStatement> uncertain = new ArrayList<>();
        if (underWay.traits() == Traits.ENDS) {
            uncertain.addAll(pending);
        }
        if (underWay.traits() == Traits.ENDS || !authorsTransaction) {
            uncertain.add(underWay);
        }
        return uncertain;
    }

    /** Whether a transaction that the author began is still open. */
    boolean leftTransactionOpen() {
        return authorsTransaction;
    }
}
