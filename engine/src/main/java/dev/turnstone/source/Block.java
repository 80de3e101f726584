package dev.turnstone.source;

import dev.turnstone.operation.Operations;
import dev.turnstone.operation.SqlText;
import java.util.List;

/** A part of a section. */
sealed interface Block {

    void record(Operations op);

    /** Statements that run one after the other. */
    record Statements(SqlText sql) implements Block {
        @Override
        public void record(Operations op) {
            op.execute(sql);
        }
    }

    /** When guarded blocks run. */
    enum Runs {
        /** {@code -- unless}: when the object is not there. */
        UNLESS_THERE,
        /** {@code -- if}: when it is. */
        IF_THERE
    }

    /** Blocks that run only if an object is, or is not, there. */
    record Guarded(Guard guard, Runs runs, List<Block> blocks) implements Block {
        public Guarded {
            blocks = List.copyOf(blocks);
        }

        @Override
        public void record(Operations op) {
            if (runs == Runs.IF_THERE ? guard.isThere(op) : !guard.isMade(op)) {
                blocks.forEach(block -> block.record(op));
            }
        }
    }

    /** Blocks that run outside of the revision's transaction. */
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
