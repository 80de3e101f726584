-- revision: 7d05f8b3e6c1
-- parents: 6c94e7a2d5b0
-- message: note when users came last
-- created: 2026-03-30T10:00:00Z

-- upgrade
-- unless column users.last_seen_at
ALTER TABLE users ADD COLUMN last_seen_at TIMESTAMP;
-- end

-- keep: the times are needed for support, and the versions before do not mind the column
