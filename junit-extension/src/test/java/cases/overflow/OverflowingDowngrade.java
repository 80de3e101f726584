package cases.overflow;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;

/** A revision whose downgrade overflows the stack. */
@RevisionHeader(id = "5e1200000001", message = "overflow", created = "2026-01-01T09:00:00Z")
public final class OverflowingDowngrade implements Migration {

    @Override
    public void upgrade(Operations op) {
        op.execute("CREATE TABLE readers (id integer PRIMARY KEY)");
    }

    @Override
    public void downgrade(Operations op) {
        if (op.hasTable("readers")) { // needs a connection, so that only a real downgrade overflows
            op.execute("DROP TABLE readers" + depth(0));
        }
    }

    private static int depth(int depth) {
        return depth < 0 ? depth : depth(depth + 1) + 1;
    }
}
