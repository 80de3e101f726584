package dev.turnstone.scenario;

import java.util.List;
import java.util.stream.Stream;

/** Each kind of object of SQLite, forgotten, lost and restored otherwise. */
class SqliteObjectDefects extends PlantedDefects {

    private static final String PLAIN = "id integer, reader integer, code text";

    /** Something of a table that only a rebuild can give it or take from it. */
    private static ObjectOnTrial byRebuild(String kind, String name, String one, String other) {
        return ObjectOnTrial.of(kind, name, rebuild(one), rebuild(other), rebuild(PLAIN))
                .after("CREATE TABLE fines (" + PLAIN + ");", "DROP TABLE fines;")
                .timeAndAgain();
    }

    private static String rebuild(String columns) {
        return "CREATE TABLE n (" + columns + "); INSERT INTO n SELECT id, reader, code FROM fines; DROP TABLE fines;"
                + " ALTER TABLE n RENAME TO fines;";
    }

    private static ObjectOnTrial constraint(String kind, String name, String one, String other) {
        String begin = PLAIN + ", CONSTRAINT " + name + " ";
        return byRebuild(kind, "fines." + name, begin + one, begin + other);
    }

    @Override
    List<PlantedDefect> defects() {
        return Stream.of(
                        ObjectOnTrial.of(
                                "table",
                                "fines",
                                "CREATE TABLE fines (id integer PRIMARY KEY);",
                                "CREATE TABLE fines (id integer PRIMARY KEY) STRICT;",
                                "DROP TABLE fines;"),
                        ObjectOnTrial.of(
                                "column",
                                "readers.phone",
                                "ALTER TABLE readers ADD COLUMN phone text;",
                                "ALTER TABLE readers ADD COLUMN phone integer;",
                                "ALTER TABLE readers DROP COLUMN phone;"),
                        byRebuild("default", "fines.code", PLAIN + " DEFAULT 'x'", PLAIN + " DEFAULT 'y'"),
                        constraint("primary-key", "pk", "PRIMARY KEY (id)", "PRIMARY KEY (id DESC)"),
                        constraint("unique", "uq", "UNIQUE (code)", "UNIQUE (reader)"),
                        constraint("check", "ck", "CHECK (code <> '')", "CHECK (code <> '-')"),
                        constraint(
                                "foreign-key",
                                "fk",
                                "FOREIGN KEY (reader) REFERENCES readers (id)",
                                "FOREIGN KEY (reader) REFERENCES readers (id) ON DELETE CASCADE"),
                        ObjectOnTrial.of(
                                "index",
                                "ix",
                                "CREATE INDEX ix ON readers (email);",
                                "CREATE INDEX ix ON readers (email DESC);",
                                "DROP INDEX ix;"),
                        ObjectOnTrial.of(
                                "view",
                                "v",
                                "CREATE VIEW v AS SELECT id FROM readers;",
                                "CREATE VIEW v AS SELECT id FROM readers WHERE id > 0;",
                                "DROP VIEW v;"),
                        ObjectOnTrial.of(
                                "trigger",
                                "readers.tr",
                                "CREATE TRIGGER tr AFTER UPDATE ON readers BEGIN SELECT 1; END;",
                                "CREATE TRIGGER tr AFTER INSERT ON readers BEGIN SELECT 1; END;",
                                "DROP TRIGGER tr;"))
                .flatMap(object -> object.planted(PlantedDefect.SQLITE))
                .toList();
    }
}
