-- revision: 5e110000000a
-- message: customers

-- upgrade
CREATE TABLE customer (id INTEGER NOT NULL);

-- downgrade
DROP TABLE customer;
