package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.SQLITE;

import java.util.List;

/** What a table loses that SQLite has to rebuild. */
class RebuildDefects extends PlantedDefects {

    private static PlantedDefect planted(
            String name, List<String> dialects, String history, String correction, String... findings) {
        return PlantedDefect.of(name, dialects, "up-down-up", history, correction, findings);
    }

    @Override
    List<PlantedDefect> defects() {
        return List.of(
                planted(
                        "trigger lost by a rebuild",
                        SQLITE,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text NOT NULL, seen text);
                                CREATE TRIGGER readers_seen AFTER UPDATE ON readers BEGIN UPDATE readers SET seen = datetime('now') WHERE id = new.id; END;
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD COLUMN phone text;
                                # 2 down
                                CREATE TABLE readers_new (id integer PRIMARY KEY, email text NOT NULL, seen text);
                                INSERT INTO readers_new SELECT id, email, seen FROM readers;
                                DROP TABLE readers;
                                ALTER TABLE readers_new RENAME TO readers;
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN phone;
                                """,
                        "000002 missing trigger readers.readers_seen error"),
                planted("view lost by a rebuild", SQLITE, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text NOT NULL, seen text);
                                CREATE VIEW v AS SELECT email FROM readers;
                                # 1 down
                                DROP VIEW IF EXISTS v;
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD COLUMN phone text;
                                # 2 down
                                DROP VIEW v;
                                CREATE TABLE readers_new (id integer PRIMARY KEY, email text NOT NULL, seen text);
                                INSERT INTO readers_new SELECT id, email, seen FROM readers;
                                DROP TABLE readers;
                                ALTER TABLE readers_new RENAME TO readers;
                                """, """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN phone;
                                """, "000002 missing view v error"),
                planted(
                        "ON DELETE of a foreign key lost by a rebuild",
                        SQLITE,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text);
                                CREATE TABLE loans (id integer PRIMARY KEY, reader integer, CONSTRAINT fk_reader FOREIGN KEY (reader) REFERENCES readers (id) ON DELETE CASCADE);
                                # 1 down
                                DROP TABLE loans;
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE loans ADD COLUMN due text;
                                # 2 down
                                CREATE TABLE loans_new (id integer PRIMARY KEY, reader integer, CONSTRAINT fk_reader FOREIGN KEY (reader) REFERENCES readers (id));
                                INSERT INTO loans_new SELECT id, reader FROM loans;
                                DROP TABLE loans;
                                ALTER TABLE loans_new RENAME TO loans;
                                """,
                        """
                                # 2 down
                                CREATE TABLE loans_new (id integer PRIMARY KEY, reader integer, CONSTRAINT fk_reader FOREIGN KEY (reader) REFERENCES readers (id) ON DELETE CASCADE);
                                INSERT INTO loans_new SELECT id, reader FROM loans;
                                DROP TABLE loans;
                                ALTER TABLE loans_new RENAME TO loans;
                                """,
                        "000002 changed foreign-key loans.fk_reader error"),
                planted(
                        "foreign key lost by a rebuild, unnamed",
                        SQLITE,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text);
                                CREATE TABLE loans (id integer PRIMARY KEY, reader integer, FOREIGN KEY (reader) REFERENCES readers (id) ON DELETE CASCADE);
                                # 1 down
                                DROP TABLE loans;
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE loans ADD COLUMN due text;
                                # 2 down
                                CREATE TABLE n (id integer PRIMARY KEY, reader integer);
                                DROP TABLE loans;
                                ALTER TABLE n RENAME TO loans;
                                """,
                        """
                                # 2 down
                                ALTER TABLE loans DROP COLUMN due;
                                """,
                        "000002 missing foreign-key loans.(reader) error"),
                planted(
                        "check and unique lost by a rebuild",
                        SQLITE,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text UNIQUE CHECK (email <> ''));
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD COLUMN phone text;
                                # 2 down
                                CREATE TABLE n (id integer PRIMARY KEY, email text);
                                DROP TABLE readers;
                                ALTER TABLE n RENAME TO readers;
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN phone;
                                """,
                        "000002 missing check readers.(email) error",
                        "000002 missing unique readers.(email) error"),
                planted(
                        "primary key lost by a rebuild",
                        SQLITE,
                        """
                                # 1 up
                                CREATE TABLE readers (id INT PRIMARY KEY, email TEXT);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD COLUMN phone text;
                                # 2 down
                                CREATE TABLE n AS SELECT id, email FROM readers;
                                DROP TABLE readers;
                                ALTER TABLE n RENAME TO readers;
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN phone;
                                """,
                        "000002 missing primary-key readers.(id) error"),
                planted("collation lost by a rebuild", SQLITE, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text COLLATE NOCASE);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD COLUMN phone text;
                                # 2 down
                                CREATE TABLE n (id integer PRIMARY KEY, email text);
                                DROP TABLE readers;
                                ALTER TABLE n RENAME TO readers;
                                """, """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN phone;
                                """, "000002 changed column readers.email error"));
    }
}
