package dev.turnstone.source;

import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import java.util.List;

/** A part of a section. */
sealed interface Block {

    void record(Operations op);

    /** Statements that run in sequence. */
    record Statements(SqlText sql) implements Block {
        @Override
        public void record(Operations op) {
            op.execute(sql);
        }
    }

    /** The condition of guarded blocks. */
    enum Runs {
        /** {@code -- unless}: the blocks run if the object does not exist. */
        UNLESS_EXISTS,
        /** {@code -- if}: the blocks run if the object exists. */
        IF_EXISTS
    }

    /** Blocks that run only if an object exists, or only if it does not. */
    record Guarded(Guard guard, Runs runs, List<Block> blocks) implements Block {
        public Guarded {
            blocks = List.copyOf(blocks);
        }

        @Override
        public void record(Operations op) {
            if (runs == Runs.IF_EXISTS ? guard.exists(op) : !guard.isUsable(op)) {
                blocks.forEach(block -> block.record(op));
            }
        }
    }

    /** Blocks that run outside the revision's transaction. */
    record Autocommit(List<Block> blocks) implements Block {
        public Autocommit {
            blocks = List.copyOf(blocks);
        }

        @Override
        public void record(Operations op) {
            op.autocommit(() -> blocks.forEach(block -> block.record(op)));
        }
    }
}
