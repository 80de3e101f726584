package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.BOTH;
import static dev.turnstone.scenario.PlantedDefect.POSTGRESQL;
import static dev.turnstone.scenario.PlantedDefect.SQLITE;

import java.util.List;

/** What a downgrade forgets to take back. */
class LeftoverDefects extends PlantedDefects {

    private static PlantedDefect planted(
            String name, List<String> dialects, String history, String correction, String... findings) {
        return PlantedDefect.of(name, dialects, "up-down-up", history, correction, findings);
    }

    @Override
    List<PlantedDefect> defects() {
        return List.of(
                planted(
                        "index left over",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE TABLE loans (id integer PRIMARY KEY);
                                CREATE INDEX ix_readers_joined ON readers (joined DESC);
                                # 2 down
                                DROP TABLE loans;
                                """,
                        """
                                # 2 down
                                DROP INDEX ix_readers_joined;
                                DROP TABLE loans;
                                """,
                        "000002 leftover index ix_readers_joined error",
                        "000002 up-again-fails revision 000002 error"),
                planted("index of if-not-exists left over", BOTH, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD COLUMN branch text;
                                CREATE INDEX IF NOT EXISTS ix_joined ON readers (joined);
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch;
                                """, """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch;
                                DROP INDEX ix_joined;
                                """, "000002 leftover index ix_joined error"),
                planted(
                        "column left over with its default",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD COLUMN branch text DEFAULT 'main';
                                CREATE INDEX ix_b ON readers (joined);
                                # 2 down
                                DROP INDEX ix_b;
                                """,
                        """
                                # 2 down
                                DROP INDEX ix_b;
                                ALTER TABLE readers DROP COLUMN branch;
                                """,
                        "000002 leftover column readers.branch error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "table left over hides all that belongs to it",
                        SQLITE,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE TABLE loans (id integer PRIMARY KEY, reader integer NOT NULL DEFAULT 1 REFERENCES readers (id), note text UNIQUE CHECK (note <> ''));
                                CREATE INDEX ix_loans ON loans (reader);
                                CREATE TRIGGER tr AFTER INSERT ON loans BEGIN SELECT 1; END;
                                CREATE TABLE fines (id integer);
                                # 2 down
                                DROP TABLE fines;
                                """,
                        """
                                # 2 down
                                DROP TABLE fines;
                                DROP TABLE loans;
                                """,
                        "000002 leftover table loans error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "table left over hides all that belongs to it, PostgreSQL",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE TABLE loans (id serial PRIMARY KEY, reader integer NOT NULL DEFAULT 1 REFERENCES readers (id), note text UNIQUE CHECK (note <> ''), code integer GENERATED ALWAYS AS IDENTITY);
                                CREATE INDEX ix_loans ON loans (reader);
                                COMMENT ON TABLE loans IS 'x';
                                COMMENT ON COLUMN loans.note IS 'y';
                                COMMENT ON INDEX ix_loans IS 'z';
                                CREATE TABLE fines (id integer);
                                # 2 down
                                DROP TABLE fines;
                                """,
                        """
                                # 2 down
                                DROP TABLE fines;
                                DROP TABLE loans;
                                """,
                        "000002 leftover table loans error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "view left over",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE VIEW v AS SELECT id FROM readers;
                                CREATE TABLE loans (id integer);
                                # 2 down
                                DROP TABLE loans;
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                DROP VIEW v;
                                """,
                        "000002 leftover view v error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "trigger left over, its function too",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
                                CREATE TRIGGER tr BEFORE UPDATE ON readers FOR EACH ROW EXECUTE FUNCTION touch();
                                CREATE TABLE loans (id integer);
                                # 2 down
                                DROP TABLE loans;
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                DROP TRIGGER tr ON readers;
                                DROP FUNCTION touch();
                                """,
                        "000002 leftover function touch() error",
                        "000002 leftover trigger readers.tr error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "function left over",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE FUNCTION add_one(n integer, t text DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT n + 1';
                                CREATE TABLE loans (id integer);
                                # 2 down
                                DROP TABLE loans;
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                DROP FUNCTION add_one(integer, text);
                                """,
                        "000002 leftover function add_one(integer, text) error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "sequence left over",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE SEQUENCE card_number START 1000;
                                CREATE TABLE loans (id integer);
                                # 2 down
                                DROP TABLE loans;
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                DROP SEQUENCE card_number;
                                """,
                        "000002 leftover sequence card_number error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "enum left over",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE TYPE state AS ENUM ('new', 'old');
                                ALTER TABLE readers ADD COLUMN state state;
                                # 2 down
                                ALTER TABLE readers DROP COLUMN state;
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN state;
                                DROP TYPE state;
                                """,
                        "000002 leftover enum state error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "domain left over",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE DOMAIN card AS text CHECK (value <> '');
                                ALTER TABLE readers ADD COLUMN card card;
                                # 2 down
                                ALTER TABLE readers DROP COLUMN card;
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN card;
                                DROP DOMAIN card;
                                """,
                        "000002 leftover domain card error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "materialized view left over with its index",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE MATERIALIZED VIEW m AS SELECT id FROM readers;
                                CREATE INDEX ix_m ON m (id);
                                CREATE TABLE loans (id integer);
                                # 2 down
                                DROP TABLE loans;
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                DROP MATERIALIZED VIEW m;
                                """,
                        "000002 leftover materialized-view m error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "check left over",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD CONSTRAINT ck_email CHECK (email <> '');
                                ALTER TABLE readers ADD COLUMN branch text;
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch;
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch, DROP CONSTRAINT ck_email;
                                """,
                        "000002 leftover check readers.ck_email error",
                        "000002 up-again-fails revision 000002 error"));
    }
}
