package db.migrations;

import static dev.turnstone.schema.ColumnType.varchar;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.schema.Column;

/** Adds a NOT NULL column without a default to a table with rows, which get the value of an expression. */
@RevisionHeader(
        id = "4fb2c60e97d1",
        parents = "3e50f9a8d2c7",
        message = "give jobs a kind",
        created = "2026-03-09T08:30:00Z")
public final class GiveJobsAKind implements Migration {

    @Override
    public void upgrade(Operations op) {
        if (!op.hasColumn("jobs", "kind")) {
            op.addColumn(
                    "jobs",
                    Column.of("kind", varchar(20)).notNull(),
                    "CASE WHEN queue LIKE 'mail%' THEN 'mail' ELSE 'task' END");
        }
    }

    @Override
    public void downgrade(Operations op) {
        op.dropColumnIfExists("jobs", "kind");
    }
}
