-- revision: a1f3c8d20b47
-- message: baseline
-- created: 2026-01-05T09:00:00Z

-- upgrade
CREATE TABLE IF NOT EXISTS jobs (
    id         VARCHAR(36)  NOT NULL,
    queue      VARCHAR(100) NOT NULL,
    state      VARCHAR(20)  DEFAULT 'queued' NOT NULL,
    attempts   INTEGER      DEFAULT 0 NOT NULL,
    created_at TIMESTAMP    DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_jobs PRIMARY KEY (id),
    CONSTRAINT ck_jobs_state CHECK (state IN ('queued', 'running', 'done', 'failed')),
    CONSTRAINT ck_jobs_attempts CHECK (attempts >= 0)
);

CREATE INDEX IF NOT EXISTS ix_jobs_state ON jobs (state);

-- downgrade
DROP TABLE IF EXISTS jobs;
