-- revision: b7f2c1d90e34
-- parents: a1f3c8d20b47
-- message: give jobs a payload
-- created: 2026-01-12T10:30:00Z

-- upgrade postgresql
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS payload JSONB;

-- upgrade sqlite
-- unless column jobs.payload
ALTER TABLE jobs ADD COLUMN payload TEXT CONSTRAINT ck_jobs_payload CHECK (payload IS NULL OR json_valid(payload));
-- end

-- downgrade postgresql
ALTER TABLE jobs DROP COLUMN IF EXISTS payload;

-- downgrade sqlite
-- if column jobs.payload
ALTER TABLE jobs DROP COLUMN payload;
-- end
