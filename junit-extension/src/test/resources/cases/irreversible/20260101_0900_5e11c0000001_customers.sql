-- revision: 5e11c0000001
-- message: customers
-- rerun-exempt: it is tested elsewhere

-- upgrade
CREATE TABLE customer (id INTEGER NOT NULL);

-- irreversible: the former table is gone
