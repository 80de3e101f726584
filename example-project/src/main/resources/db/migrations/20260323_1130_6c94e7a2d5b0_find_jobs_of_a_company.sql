-- revision: 6c94e7a2d5b0
-- parents: 5a7d13e8b0f4
-- message: find the jobs of a company, while workers go on
-- created: 2026-03-23T11:30:00Z
-- no transaction

-- upgrade postgresql
-- An attempt that failed leaves an invalid index of this name.
DROP INDEX CONCURRENTLY IF EXISTS ix_jobs_company_id_created_at;
CREATE INDEX CONCURRENTLY ix_jobs_company_id_created_at ON jobs (company_id, created_at);

-- upgrade sqlite
CREATE INDEX IF NOT EXISTS ix_jobs_company_id_created_at ON jobs (company_id, created_at);

-- downgrade postgresql
DROP INDEX CONCURRENTLY IF EXISTS ix_jobs_company_id_created_at;

-- downgrade sqlite
DROP INDEX IF EXISTS ix_jobs_company_id_created_at;
