-- revision: 5e11f0000002
-- parents: 5e11f0000001
-- message: find by email

-- upgrade
CREATE INDEX IF NOT EXISTS ix_customer_email ON customer (email);
CREATE INDEX IF NOT EXISTS ix_customer_id ON customer (id);

-- downgrade
DROP INDEX IF EXISTS ix_customer_id;
