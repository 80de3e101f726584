package dev.turnstone.source;

import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import java.util.List;

/**
 * What another tool's file does in one direction.
 *
 * @param sql the pieces that the tool sends, for a dialect
 * @param transaction how they are run
 */
record Body(ByDialect sql, TransactionMode transaction) {

    /** The pieces of SQL that run on a dialect. */
    @FunctionalInterface
    interface ByDialect {
        List<SqlText> on(String dialect);
    }

    /** The same pieces on every dialect, in one transaction unless they say otherwise themselves. */
    static Body of(List<SqlText> pieces) {
        return of(pieces, TransactionMode.AS_WRITTEN);
    }

    static Body of(List<SqlText> pieces, TransactionMode transaction) {
        List<SqlText> copy = List.copyOf(pieces);
        return new Body(dialect -> copy, transaction);
    }

    /** Moves the version and nothing else. */
    static Body nothing() {
        return of(List.of());
    }

    void record(Operations op) {
        for (SqlText piece : sql.on(op.dialect())) {
            if (!piece.text().isBlank()) {
                op.execute(piece);
            }
        }
    }
}
