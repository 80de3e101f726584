package dev.turnstone.format;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.PsqlCommandException;
import dev.turnstone.dialect.StatementSplitter;
import dev.turnstone.dialect.UnterminatedStatementException;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.TransactionMode;
import java.util.List;

/**
 * The effect of another tool's file in one direction.
 *
 * @param sql the pieces that the tool sends, by dialect
 * @param transaction the transaction mode, by dialect
 */
record Body(ByDialect sql, TransactionMode.ByDialect transaction) {

    /** The pieces of SQL that run on a dialect. */
    @FunctionalInterface
    interface ByDialect {
        List<SqlText> on(String dialect);
    }

    /**
     * Creates a body with the same pieces on every dialect, in one transaction unless they control transactions
     * themselves.
     */
    static Body of(List<SqlText> pieces) {
        return of(pieces, TransactionMode.AS_WRITTEN);
    }

    static Body of(List<SqlText> pieces, TransactionMode transaction) {
        List<SqlText> copy = List.copyOf(pieces);
        return new Body(dialect -> copy, dialect -> transaction);
    }

    /** Creates a body that moves the version and runs no SQL. */
    static Body nothing() {
        return of(List.of());
    }

    /** Returns whether the body has statements on a dialect. A text that cannot be split counts as a statement. */
    boolean hasStatements(String dialect) {
        StatementSplitter splitter = Dialects.named(dialect).splitter();
        return sql.on(dialect).stream().anyMatch(piece -> {
            try {
                return !splitter.split(piece).isEmpty();
            } catch (UnterminatedStatementException | PsqlCommandException e) {
                return true;
            }
        });
    }

    void record(Operations op) {
        for (SqlText piece : sql.on(op.dialect())) {
            if (!piece.text().isBlank()) {
                op.execute(piece);
            }
        }
    }
}
