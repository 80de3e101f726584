-- revision: c41d7be0a2f5
-- parents: b7f2c1d90e34
-- message: give jobs a priority
-- created: 2026-01-19T14:00:00Z

-- upgrade
-- unless column jobs.priority
ALTER TABLE jobs ADD COLUMN priority INTEGER DEFAULT 0 NOT NULL;

-- Until now the name of the queue said what was urgent.
UPDATE jobs SET priority = 10 WHERE queue LIKE 'urgent%';
-- end

-- downgrade
-- if column jobs.priority
ALTER TABLE jobs DROP COLUMN priority;
-- end
