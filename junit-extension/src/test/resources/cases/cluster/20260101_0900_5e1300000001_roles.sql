-- revision: 5e1300000001
-- message: roles

-- upgrade
CREATE TABLE readers (id integer PRIMARY KEY);
DROP ROLE IF EXISTS outcome_app;

-- downgrade
DROP TABLE readers;
