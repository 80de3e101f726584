package dev.turnstone.execution.step;

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

/** Sends the statements of one run of a revision's body, and records which of them were committed. */
final class StatementSender {

    private final Connection connection;
    private final Dialect dialect;
    private final TransactionPlan plan;
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

    private StatementSender(
            Connection connection,
            Dialect dialect,
            TransactionPlan plan,
            Rebuilds rebuilds,
            Predicate<SqlStatement> travelsWithOthers,
            @Nullable Gap gap) {
        this.connection = connection;
        this.dialect = dialect;
        this.plan = plan;
        this.rebuilds = rebuilds;
        this.travelsWithOthers = travelsWithOthers;
        this.gap = gap;
    }

    /** Sends statements that rebuild a table while the database does not enforce foreign keys. */
    interface Rebuilds {
        void run(Runnable send) throws SQLException;
    }

    /** Ends and restarts the transaction around the statements for those that must run outside of it. */
    interface Gap {
        void leave(StatementSender sender) throws SQLException;

        void enter() throws SQLException;
    }

    /** Ends the code of a migration whose statements require another plan. Only the step that runs it catches this. */
    static final class PlanChangedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient TransactionPlan plan;

        PlanChangedException(TransactionPlan plan) {
            super(null, null, false, false);
            this.plan = plan;
        }

        TransactionPlan plan() {
            return plan;
        }
    }

    /**
     * Returns a sender that sends the statements up to a barrier in as few round trips as the dialect allows. A failure
     * then does not identify its statement.
     */
    static StatementSender together(Connection connection, Dialect dialect, TransactionPlan plan, Gap gap) {
        return new StatementSender(connection, dialect, plan, Runnable::run, dialect::travelsWithOthers, gap);
    }

    /**
     * Returns a sender that sends each statement of a transaction separately, so that a failure identifies its
     * statement.
     */
    static StatementSender singly(Connection connection, Dialect dialect, TransactionPlan plan, Gap gap) {
        return new StatementSender(connection, dialect, plan, Runnable::run, statement -> false, gap);
    }

    /** Returns a sender that sends each statement separately and without a transaction. */
    static StatementSender alone(Connection connection, Dialect dialect, TransactionPlan plan, Rebuilds rebuilds) {
        return new StatementSender(connection, dialect, plan, rebuilds, statement -> false, null);
    }

    /** Drops the invalid index that an interrupted statement left behind before the statement is sent again. */
    void clearsHalfMade() {
        clearsHalfMade = true;
    }

    /**
     * Sends statements. After a failure, which the migration's own code may have caught, nothing more is sent.
     *
     * @throws PlanChangedException if the statements require another plan; none of them was sent
     */
    void send(List<SqlStatement> statements) {
        throwFailure();
        TransactionPlan required = plan.extendedFor(statements);
        if (!required.equals(plan)) {
            PlanChangedException changed = new PlanChangedException(required);
            failure = changed;
            throw changed;
        }
        for (TransactionPlan.Section section : plan.sections(statements)) {
            switch (section.place()) {
                case TRANSACTION, OUTSIDE -> sendInOrAroundTransaction(section);
                case OWN_TRANSACTION -> sendInOwnTransaction(section.statements());
                case NONE -> sendAll(section.statements());
            }
        }
    }

    private void sendInOrAroundTransaction(TransactionPlan.Section section) {
        boolean outside = section.place() == TransactionPlan.Place.OUTSIDE;
        if (outside != inGap) {
            crossGap(section.statements().get(0));
        }
        sendAll(section.statements());
    }

    private void sendInOwnTransaction(List<SqlStatement> statements) {
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
            boolean alone = hadGap || !travelsWithOthers.test(statement);
            if (alone) {
                sendBatch(batch);
            }
            batch.add(statement);
            if (alone) {
                sendBatch(batch);
            }
            if (inGap) {
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

    /** Starts the transaction again if the last statement ran outside of it. */
    void endInTransaction() {
        if (inGap) {
            crossGap(null);
        }
    }

    /**
     * Returns the statements that remain in effect if the transaction is rolled back: all up to the last one outside of
     * it.
     */
    List<SqlStatement> lasting() {
        return List.copyOf(committed.subList(0, lasting));
    }

    /** Returns the statements that a rollback of the transaction reverts: all after the last one outside of it. */
    List<SqlStatement> inTransaction() {
        return List.copyOf(committed.subList(lasting, committed.size()));
    }

    /** Returns whether the last statement ran outside of the transaction. */
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
                // Reads every result, so that a failure of a later statement is thrown here.
            }
        } catch (SQLException e) {
            throw failed(null, e);
        }
    }

    private SendFailure failed(@Nullable SqlStatement statement, SQLException cause) {
        SendFailure sent = new SendFailure(statement, cause);
        failure = sent;
        return sent;
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

    /** Throws the recorded failure, if there was one. */
    void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Returns whether any statement ran. */
    boolean hasSent() {
        return !committed.isEmpty() || !pending.isEmpty();
    }

    /** Returns the committed statements, if the engine has no transaction around them. */
    List<SqlStatement> committed() {
        return List.copyOf(committed);
    }

    /**
     * Returns the statements that may or may not have been committed when the connection was lost.
     *
     * @param underWay the statement that was sent last; null if its result was received
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

    /** Returns whether a transaction that the author's statements began is still open. */
    boolean leftTransactionOpen() {
        return authorsTransaction;
    }
}
