-- revision: 5e11d0000001
-- message: customers

-- upgrade
CREATE TABLE IF NOT EXISTS customer (id INTEGER NOT NULL);

-- upgrade postgresql
CREATE TABLE broken (id no_such_type);

-- downgrade
DROP TABLE IF EXISTS customer;
