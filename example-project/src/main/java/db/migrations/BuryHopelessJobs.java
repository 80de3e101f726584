package db.migrations;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.schema.CheckConstraint;

/**
 * Changes data together with the schema: the upgrade first allows the new state and then uses it; the downgrade first
 * replaces it and then forbids it.
 */
@RevisionHeader(
        id = "5a7d13e8b0f4",
        parents = "4fb2c60e97d1",
        message = "bury hopeless jobs",
        created = "2026-03-16T13:45:00Z")
public final class BuryHopelessJobs implements Migration {

    private static final String CONSTRAINT = "ck_jobs_state";

    @Override
    public void upgrade(Operations op) {
        allow(op, "'queued', 'running', 'done', 'failed', 'dead'");
        op.execute("UPDATE jobs SET state = 'dead' WHERE state = 'failed' AND attempts >= 5");
    }

    @Override
    public void downgrade(Operations op) {
        op.execute("UPDATE jobs SET state = 'failed' WHERE state = 'dead'");
        allow(op, "'queued', 'running', 'done', 'failed'");
    }

    private static void allow(Operations op, String states) {
        op.batchAlterTable("jobs", jobs -> jobs.dropConstraint(CONSTRAINT)
                .addConstraint(CheckConstraint.of(CONSTRAINT, "state IN (" + states + ")")));
    }
}
