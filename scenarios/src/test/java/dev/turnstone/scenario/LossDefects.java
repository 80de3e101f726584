package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.BOTH;
import static dev.turnstone.scenario.PlantedDefect.POSTGRESQL;

import java.util.List;

/** What a downgrade does not restore, or restores as something else. */
class LossDefects extends PlantedDefects {

    private static PlantedDefect planted(
            String name, List<String> dialects, String history, String correction, String... findings) {
        return PlantedDefect.of(name, dialects, "up-down-up", history, correction, findings);
    }

    @Override
    List<PlantedDefect> defects() {
        return List.of(
                planted("table lost", BOTH, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                CREATE TABLE loans (id integer PRIMARY KEY, n integer DEFAULT 3);
                                CREATE INDEX ix_l ON loans (n);
                                # 1 down
                                DROP TABLE IF EXISTS loans;
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD COLUMN branch text;
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch;
                                DROP TABLE IF EXISTS loans;
                                """, """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch;
                                """, "000002 missing table loans error"),
                planted("view restored differently", BOTH, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                CREATE VIEW v AS SELECT id FROM readers;
                                # 1 down
                                DROP VIEW IF EXISTS v;
                                DROP TABLE readers;
                                # 2 up
                                DROP VIEW v;
                                # 2 down
                                CREATE VIEW v AS SELECT id FROM readers WHERE joined IS NOT NULL;
                                """, """
                                # 2 down
                                CREATE VIEW v AS SELECT id FROM readers;
                                """, "000002 changed view v error"),
                planted("function restored differently", POSTGRESQL, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
                                # 1 down
                                DROP FUNCTION one();
                                DROP TABLE readers;
                                # 2 up
                                CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 2';
                                # 2 down
                                CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 3';
                                """, """
                                # 2 down
                                CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
                                """, "000002 changed function one() error"),
                planted("enum value left over", POSTGRESQL, """
                                # 1 up
                                CREATE TYPE state AS ENUM ('new', 'old');
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                DROP TYPE state;
                                # 2 up
                                ALTER TYPE state ADD VALUE IF NOT EXISTS 'gone';
                                ALTER TABLE readers ADD COLUMN branch text;
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch;
                                """, """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch;
                                DROP TYPE state;
                                CREATE TYPE state AS ENUM ('new', 'old');
                                """, "000002 changed enum state error"),
                planted(
                        "unique lost",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date, CONSTRAINT uq_email UNIQUE (email));
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers DROP CONSTRAINT uq_email;
                                # 2 down
                                SELECT 1;
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers ADD CONSTRAINT uq_email UNIQUE (email);
                                """,
                        "000002 missing unique readers.uq_email error",
                        "000002 down-no-effect revision 000002 error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "primary key lost",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers DROP CONSTRAINT readers_pkey;
                                ALTER TABLE readers ADD COLUMN branch text;
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch;
                                ALTER TABLE readers ALTER COLUMN id SET NOT NULL;
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch;
                                ALTER TABLE readers ADD PRIMARY KEY (id);
                                """,
                        "000002 missing primary-key readers.readers_pkey error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "ON DELETE of a foreign key lost",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text);
                                CREATE TABLE loans (id integer PRIMARY KEY, reader integer, CONSTRAINT fk_reader FOREIGN KEY (reader) REFERENCES readers (id) ON DELETE CASCADE);
                                # 1 down
                                DROP TABLE loans;
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE loans DROP CONSTRAINT fk_reader;
                                # 2 down
                                ALTER TABLE loans ADD CONSTRAINT fk_reader FOREIGN KEY (reader) REFERENCES readers (id);
                                """,
                        """
                                # 2 down
                                ALTER TABLE loans ADD CONSTRAINT fk_reader FOREIGN KEY (reader) REFERENCES readers (id) ON DELETE CASCADE;
                                """,
                        "000002 changed foreign-key loans.fk_reader error"),
                planted("collation changed", POSTGRESQL, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text COLLATE "C" NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ALTER COLUMN email TYPE text;
                                # 2 down
                                ALTER TABLE readers ALTER COLUMN email TYPE text COLLATE "POSIX";
                                """, """
                                # 2 down
                                ALTER TABLE readers ALTER COLUMN email TYPE text COLLATE "C";
                                """, "000002 changed column readers.email error"),
                planted("type restored differently", POSTGRESQL, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ALTER COLUMN email TYPE text;
                                # 2 down
                                ALTER TABLE readers ALTER COLUMN email TYPE varchar(100);
                                """, """
                                # 2 down
                                ALTER TABLE readers ALTER COLUMN email TYPE varchar(120);
                                """, "000002 changed column readers.email error"),
                planted(
                        "NOT NULL lost by a do-nothing downgrade",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ALTER COLUMN email DROP NOT NULL;
                                # 2 down
                                SELECT 1;
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers ALTER COLUMN email SET NOT NULL;
                                """,
                        "000002 down-no-effect revision 000002 error",
                        "000002 changed column readers.email error"),
                planted("default lost", POSTGRESQL, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, branch text DEFAULT 'main');
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ALTER COLUMN branch SET DEFAULT 'south';
                                # 2 down
                                ALTER TABLE readers ALTER COLUMN branch DROP DEFAULT;
                                """, """
                                # 2 down
                                ALTER TABLE readers ALTER COLUMN branch SET DEFAULT 'main';
                                """, "000002 missing default readers.branch error"),
                planted(
                        "default restored differently",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, branch text DEFAULT 'main');
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ALTER COLUMN branch DROP DEFAULT;
                                # 2 down
                                ALTER TABLE readers ALTER COLUMN branch SET DEFAULT 'mian';
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers ALTER COLUMN branch SET DEFAULT 'main';
                                """,
                        "000002 changed default readers.branch error"),
                planted("predicate of a partial index lost", BOTH, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text, joined date);
                                CREATE INDEX ix ON readers (email) WHERE joined IS NULL;
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                DROP INDEX ix;
                                # 2 down
                                CREATE INDEX ix ON readers (email);
                                """, """
                                # 2 down
                                CREATE INDEX ix ON readers (email) WHERE joined IS NULL;
                                """, "000002 changed index ix error"),
                planted("DESC of an index lost", BOTH, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text, joined date);
                                CREATE INDEX ix ON readers (joined DESC);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                DROP INDEX ix;
                                # 2 down
                                CREATE INDEX ix ON readers (joined);
                                """, """
                                # 2 down
                                CREATE INDEX ix ON readers (joined DESC);
                                """, "000002 changed index ix error"),
                planted("unique index became plain", BOTH, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text, joined date);
                                CREATE UNIQUE INDEX ix ON readers (email);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                DROP INDEX ix;
                                # 2 down
                                CREATE INDEX ix ON readers (email);
                                """, """
                                # 2 down
                                CREATE UNIQUE INDEX ix ON readers (email);
                                """, "000002 changed index ix error"),
                planted("order of an index changed", BOTH, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text, joined date);
                                CREATE INDEX ix ON readers (email, joined);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                DROP INDEX ix;
                                # 2 down
                                CREATE INDEX ix ON readers (joined, email);
                                """, """
                                # 2 down
                                CREATE INDEX ix ON readers (email, joined);
                                """, "000002 changed index ix error"),
                planted("index lost with its column", POSTGRESQL, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text, joined date);
                                CREATE INDEX ix ON readers (joined);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers DROP COLUMN joined;
                                # 2 down
                                ALTER TABLE readers ADD COLUMN joined date;
                                """, """
                                # 2 down
                                ALTER TABLE readers ADD COLUMN joined date;
                                CREATE INDEX ix ON readers (joined);
                                """, "000002 missing index ix error"),
                planted(
                        "column not restored",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers DROP COLUMN joined;
                                CREATE TABLE loans (id integer);
                                # 2 down
                                DROP TABLE loans;
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                ALTER TABLE readers ADD COLUMN joined date;
                                """,
                        "000002 missing column readers.joined error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "comment lost",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                COMMENT ON COLUMN readers.email IS 'where to write';
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                COMMENT ON COLUMN readers.email IS NULL;
                                # 2 down
                                COMMENT ON TABLE readers IS NULL;
                                """,
                        """
                                # 2 down
                                COMMENT ON COLUMN readers.email IS 'where to write';
                                """,
                        "000002 missing comment readers.email error",
                        "000002 down-no-effect revision 000002 error"));
    }
}
