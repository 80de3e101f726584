-- revision: 5e11e0000001
-- message: states

-- upgrade postgresql
CREATE TYPE state AS ENUM ('new', 'paid');

-- upgrade sqlite
CREATE TABLE IF NOT EXISTS state (name VARCHAR(10) NOT NULL);

-- downgrade postgresql
SELECT 1;

-- downgrade sqlite
DROP TABLE IF EXISTS state;
