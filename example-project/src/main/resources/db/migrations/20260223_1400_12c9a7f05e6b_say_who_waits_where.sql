-- revision: 12c9a7f05e6b
-- parents: 0b6e2f84d1a3
-- labels: queueing
-- message: say which job waits where
-- created: 2026-02-23T14:00:00Z

-- upgrade
CREATE TABLE IF NOT EXISTS queue_jobs (
    queue    VARCHAR(100) NOT NULL,
    position INTEGER      NOT NULL,
    job_id   VARCHAR(36)  NOT NULL,
    CONSTRAINT pk_queue_jobs PRIMARY KEY (queue, position),
    CONSTRAINT uq_queue_jobs_job_id UNIQUE (job_id),
    CONSTRAINT ck_queue_jobs_position CHECK (position > 0),
    CONSTRAINT fk_queue_jobs_job_id_jobs FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE
);

-- downgrade
DROP TABLE IF EXISTS queue_jobs;
