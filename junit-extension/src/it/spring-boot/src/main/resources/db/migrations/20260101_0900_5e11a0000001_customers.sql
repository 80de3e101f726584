-- revision: 5e11a0000001
-- message: customers

-- upgrade
CREATE TABLE IF NOT EXISTS customer (
    id    INTEGER NOT NULL,
    email VARCHAR(100),
    CONSTRAINT pk_customer PRIMARY KEY (id)
);

-- downgrade
DROP TABLE IF EXISTS customer;
