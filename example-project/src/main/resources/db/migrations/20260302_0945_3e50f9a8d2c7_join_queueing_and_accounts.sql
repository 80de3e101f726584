-- revision: 3e50f9a8d2c7
-- parents: 12c9a7f05e6b, 2d81b4c6f97e
-- message: join queueing and accounts
-- created: 2026-03-02T09:45:00Z

-- upgrade

-- downgrade
