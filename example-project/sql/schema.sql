-- The schema of the queue as it was before there were migrations; existing deployments have it.

CREATE TABLE jobs (
    id         VARCHAR(36)  NOT NULL,
    queue      VARCHAR(100) NOT NULL,
    state      VARCHAR(20)  DEFAULT 'queued' NOT NULL,
    attempts   INTEGER      DEFAULT 0 NOT NULL,
    created_at TIMESTAMP    DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT pk_jobs PRIMARY KEY (id),
    CONSTRAINT ck_jobs_state CHECK (state IN ('queued', 'running', 'done', 'failed')),
    CONSTRAINT ck_jobs_attempts CHECK (attempts >= 0)
);

CREATE INDEX ix_jobs_state ON jobs (state);
