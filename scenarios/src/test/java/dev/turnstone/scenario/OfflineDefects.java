package dev.turnstone.scenario;

import java.util.List;

/** What a script does otherwise than a run, in any format: what one revision sets stays set for the next. */
class OfflineDefects extends PlantedDefects {

    @Override
    List<PlantedDefect> defects() {
        return List.of(
                PlantedDefect.of(
                        "setting that a later revision reads",
                        PlantedDefect.POSTGRESQL,
                        "offline",
                        """
                                # 1 up
                                SET standard_conforming_strings = off;
                                CREATE TABLE readers (id integer PRIMARY KEY);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD COLUMN home text DEFAULT 'C:\\\\temp';
                                # 2 down
                                ALTER TABLE readers DROP COLUMN home;
                                """,
                        """
                                # 1 up
                                SET LOCAL standard_conforming_strings = off;
                                CREATE TABLE readers (id integer PRIMARY KEY);
                                """,
                        "- script-differs default readers.home error"),
                PlantedDefect.of(
                        "time zone that rows of a later revision are in",
                        PlantedDefect.POSTGRESQL,
                        "offline",
                        """
                                # 1 up
                                SET timezone = 'Asia/Tokyo';
                                CREATE TABLE loans (id integer PRIMARY KEY, due timestamptz);
                                # 1 down
                                DROP TABLE loans;
                                # 2 up
                                INSERT INTO loans VALUES (1, '2024-01-01 00:00:00');
                                # 2 down
                                DELETE FROM loans;
                                """,
                        """
                                # 1 up
                                SET LOCAL timezone = 'Asia/Tokyo';
                                CREATE TABLE loans (id integer PRIMARY KEY, due timestamptz);
                                """,
                        "- script-differs row loans error"),
                PlantedDefect.of(
                        "way of renaming that a later revision uses",
                        PlantedDefect.SQLITE,
                        "offline",
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY);
                                CREATE TABLE loans (id integer PRIMARY KEY, reader integer REFERENCES readers (id));
                                CREATE TRIGGER seen AFTER INSERT ON loans BEGIN DELETE FROM readers WHERE id = 0; END;
                                PRAGMA legacy_alter_table = ON;
                                # 1 down
                                DROP TABLE loans;
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers RENAME TO people;
                                # 2 down
                                ALTER TABLE people RENAME TO readers;
                                """,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY);
                                CREATE TABLE loans (id integer PRIMARY KEY, reader integer REFERENCES readers (id));
                                CREATE TRIGGER seen AFTER INSERT ON loans BEGIN DELETE FROM readers WHERE id = 0; END;
                                """,
                        "- script-differs trigger loans.seen error"));
    }
}
