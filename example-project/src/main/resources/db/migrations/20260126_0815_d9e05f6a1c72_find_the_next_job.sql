-- revision: d9e05f6a1c72
-- parents: c41d7be0a2f5
-- message: find the next job by an index
-- created: 2026-01-26T08:15:00Z

-- upgrade
CREATE INDEX IF NOT EXISTS ix_jobs_queue_priority_created_at
    ON jobs (queue, priority DESC, created_at)
    WHERE state = 'queued';

-- downgrade
DROP INDEX IF EXISTS ix_jobs_queue_priority_created_at;
