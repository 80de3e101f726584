-- revision: 5e110000000b
-- parents: 5e110000000a
-- message: names

-- upgrade
ALTER TABLE customer ADD COLUMN name TEXT;

-- downgrade
ALTER TABLE customer DROP COLUMN name;
