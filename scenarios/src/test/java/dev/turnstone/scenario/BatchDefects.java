package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.SQLITE;

import java.util.List;

/**
 * What is lost where a tool rebuilds a table of SQLite from what it read of it, as Alembic's batch mode was observed to
 * (1.8.1, with SQLite 3.40).
 */
class BatchDefects extends PlantedDefects {

    private static PlantedDefect lost(String name, String table, String rebuilt, String finding) {
        return lost(name, table, "", rebuilt, "", finding);
    }

    /** The downgrade drops the column phone by a rebuild; the corrected one makes the table as it was. */
    private static PlantedDefect lost(
            String name, String table, String besides, String rebuilt, String besidesRebuilt, String finding) {
        String down = """
                # 2 down
                DROP TABLE readers;
                %s
                %s
                """;
        return PlantedDefect.of(
                        name,
                        SQLITE,
                        "up-down-up",
                        """
                        # 1 up
                        %s
                        %s
                        # 1 down
                        DROP TABLE readers;
                        # 2 up
                        ALTER TABLE readers ADD COLUMN phone text;
                        """.formatted(table, besides) + down.formatted(rebuilt, besidesRebuilt),
                        down.formatted(table, besides),
                        finding)
                .inOwnFormat();
    }

    @Override
    List<PlantedDefect> defects() {
        String plain = "CREATE TABLE readers (id integer PRIMARY KEY, email text);";
        return List.of(
                lost(
                        "batch: AUTOINCREMENT lost",
                        "CREATE TABLE readers (id integer PRIMARY KEY AUTOINCREMENT, email text);",
                        plain,
                        "000002 changed primary-key readers.(id) error"),
                lost(
                        "batch: STRICT lost",
                        "CREATE TABLE readers (id integer PRIMARY KEY, email text) STRICT;",
                        plain,
                        "000002 changed table readers error"),
                lost(
                        "batch: WITHOUT ROWID lost",
                        "CREATE TABLE readers (id integer NOT NULL PRIMARY KEY, email text) WITHOUT ROWID;",
                        "CREATE TABLE readers (id integer NOT NULL PRIMARY KEY, email text);",
                        "000002 changed table readers error"),
                lost(
                        "batch: ON CONFLICT lost",
                        "CREATE TABLE readers (id integer PRIMARY KEY, email text, CONSTRAINT uq UNIQUE (email) ON CONFLICT"
                                + " REPLACE);",
                        "CREATE TABLE readers (id integer PRIMARY KEY, email text, CONSTRAINT uq UNIQUE (email));",
                        "000002 changed unique readers.uq error"),
                lost(
                        "batch: DEFERRABLE lost",
                        "CREATE TABLE readers (id integer PRIMARY KEY, email text, CONSTRAINT fk FOREIGN KEY (id)"
                                + " REFERENCES readers (id) DEFERRABLE INITIALLY DEFERRED);",
                        "CREATE TABLE readers (id integer PRIMARY KEY, email text, CONSTRAINT fk FOREIGN KEY (id)"
                                + " REFERENCES readers (id));",
                        "000002 changed foreign-key readers.fk error"),
                lost(
                        "batch: generated column became plain",
                        "CREATE TABLE readers (id integer PRIMARY KEY, email text, shout text GENERATED ALWAYS AS"
                                + " (upper(email)));",
                        "CREATE TABLE readers (id integer PRIMARY KEY, email text, shout text);",
                        "000002 changed column readers.shout error"),
                lost(
                        "batch: COLLATE of an index lost",
                        plain,
                        "CREATE INDEX ix ON readers (email COLLATE NOCASE);",
                        plain,
                        "CREATE INDEX ix ON readers (email);",
                        "000002 changed index ix error"),
                lost(
                        "batch: index on an expression lost",
                        plain,
                        "CREATE INDEX ix ON readers (lower(email));",
                        plain,
                        "",
                        "000002 missing index ix error"),
                lost(
                        "batch: temporary table left behind",
                        plain,
                        "",
                        plain,
                        "CREATE TABLE IF NOT EXISTS _alembic_tmp_readers (id integer);",
                        "000002 leftover table _alembic_tmp_readers error"));
    }
}
