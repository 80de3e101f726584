package db.migrations;

import static dev.turnstone.schema.ColumnType.timestamp;
import static dev.turnstone.schema.ColumnType.varchar;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.PrimaryKey;

/** Records for each job which worker runs it. */
@RevisionHeader(
        id = "e2b8463cf019",
        parents = "d9e05f6a1c72",
        message = "register workers",
        created = "2026-02-02T11:45:00Z")
public final class RegisterWorkers implements Migration {

    @Override
    public void upgrade(Operations op) {
        if (!op.hasTable("workers")) {
            op.createTable(
                    "workers",
                    Column.of("id", varchar(36)).notNull(),
                    Column.of("name", varchar(100)).notNull(),
                    Column.of("seen_at", timestamp()).notNull().withDefault("CURRENT_TIMESTAMP"),
                    PrimaryKey.of("id").named("pk_workers"));
        }
        if (!op.columns("jobs").contains("worker_id")) {
            op.addColumn("jobs", Column.of("worker_id", varchar(36)));
        }
        if (!op.hasIndex("ix_jobs_worker_id")) {
            op.createIndex("ix_jobs_worker_id", "jobs", "worker_id");
        }
    }

    @Override
    public void downgrade(Operations op) {
        if (op.hasIndex("ix_jobs_worker_id")) {
            op.dropIndex("ix_jobs_worker_id");
        }
        if (op.columns("jobs").contains("worker_id")) {
            op.dropColumn("jobs", "worker_id");
        }
        if (op.hasTable("workers")) {
            op.dropTable("workers");
        }
    }
}
