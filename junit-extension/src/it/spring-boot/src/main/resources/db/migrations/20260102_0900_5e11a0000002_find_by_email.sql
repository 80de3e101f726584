-- revision: 5e11a0000002
-- parents: 5e11a0000001
-- message: find by email

-- upgrade
CREATE INDEX IF NOT EXISTS ix_customer_email ON customer (email);

-- downgrade
DROP INDEX IF EXISTS ix_customer_email;
