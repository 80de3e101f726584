-- revision: 5e11b0000001
-- message: customers

-- upgrade
CREATE TABLE IF NOT EXISTS customer (id INTEGER NOT NULL);

-- downgrade
DROP TABLE customer;
