-- revision: 5e11d0000001
-- message: readers

-- upgrade sqlite
CREATE TABLE readers (id integer PRIMARY KEY, name text);

-- upgrade postgresql
CREATE TABLE readers (id integer PRIMARY KEY, name text);
CREATE INDEX idx_readers_trgm ON readers (name);

-- downgrade
DROP TABLE readers;
