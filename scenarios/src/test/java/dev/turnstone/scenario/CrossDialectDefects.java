package dev.turnstone.scenario;

import java.util.List;

/** What one dialect has and the other has not, or has otherwise. */
class CrossDialectDefects extends PlantedDefects {

    private static final String READERS = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email varchar(80) NOT NULL);
            CREATE TABLE loans (id integer PRIMARY KEY, reader integer NOT NULL, due date);
            # 1 down
            DROP TABLE loans;
            DROP TABLE readers;
            """;

    /** A second revision that is what it should be on PostgreSQL, and on SQLite only after the correction. */
    private static PlantedDefect planted(
            String name, String onSqlite, String onPostgresql, String correctedOnSqlite, String... findings) {
        String second = """
                # 2 up sqlite
                %s
                # 2 down sqlite
                SELECT 1;
                # 2 up postgresql
                %s
                # 2 down postgresql
                SELECT 1;
                """;
        return PlantedDefect.of(
                name,
                PlantedDefect.COMPARED,
                "cross-dialect",
                READERS + second.formatted(onSqlite, onPostgresql),
                second.formatted(correctedOnSqlite, onPostgresql),
                findings);
    }

    /** A second revision that has to be put right on PostgreSQL. */
    private static PlantedDefect plantedOnPostgresql(
            String name, String onSqlite, String onPostgresql, String corrected, String... findings) {
        String second = """
                # 2 up sqlite
                %s
                # 2 down sqlite
                SELECT 1;
                # 2 up postgresql
                %s
                # 2 down postgresql
                SELECT 1;
                """;
        return PlantedDefect.of(
                name,
                PlantedDefect.COMPARED,
                "cross-dialect",
                READERS + second.formatted(onSqlite, onPostgresql),
                second.formatted(onSqlite, corrected),
                findings);
    }

    @Override
    List<PlantedDefect> defects() {
        String nothing = "SELECT 1;";
        return List.of(
                planted(
                        "table on one dialect only",
                        nothing,
                        "CREATE TABLE fees (id integer PRIMARY KEY);",
                        "CREATE TABLE fees (id integer PRIMARY KEY);",
                        "- missing table fees error"),
                planted(
                        "column on one dialect only",
                        nothing,
                        "ALTER TABLE readers ADD COLUMN phone text;",
                        "ALTER TABLE readers ADD COLUMN phone text;",
                        "- missing column readers.phone error"),
                planted(
                        "index on one dialect only",
                        nothing,
                        "CREATE INDEX ix_readers_email ON readers (email);",
                        "CREATE INDEX ix_readers_email ON readers (email);",
                        "- missing index ix_readers_email error"),
                planted(
                        "index over other columns",
                        "CREATE INDEX ix_loans ON loans (reader);",
                        "CREATE INDEX ix_loans ON loans (reader, due);",
                        "CREATE INDEX ix_loans ON loans (reader, due);",
                        "- differs index ix_loans error"),
                planted(
                        "unique index that is unique on one dialect only",
                        "CREATE INDEX ix_readers_email ON readers (email);",
                        "CREATE UNIQUE INDEX ix_readers_email ON readers (email);",
                        "CREATE UNIQUE INDEX ix_readers_email ON readers (email);",
                        "- differs index ix_readers_email error"),
                planted(
                        "column that takes NULL on one dialect only",
                        "ALTER TABLE readers ADD COLUMN phone text DEFAULT '';",
                        "ALTER TABLE readers ADD COLUMN phone text NOT NULL DEFAULT '';",
                        "ALTER TABLE readers ADD COLUMN phone text NOT NULL DEFAULT '';",
                        "- differs column readers.phone error"),
                planted(
                        "type that holds something else",
                        "ALTER TABLE readers ADD COLUMN born integer;",
                        "ALTER TABLE readers ADD COLUMN born text;",
                        "ALTER TABLE readers ADD COLUMN born text;",
                        "- differs column readers.born error"),
                planted(
                        "default with another value",
                        "ALTER TABLE readers ADD COLUMN level integer DEFAULT 1;",
                        "ALTER TABLE readers ADD COLUMN level integer DEFAULT 2;",
                        "ALTER TABLE readers ADD COLUMN level integer DEFAULT 2;",
                        "- differs default readers.level error"),
                planted(
                        "foreign key on one dialect only",
                        "CREATE TABLE fees (id integer PRIMARY KEY, reader integer);",
                        "CREATE TABLE fees (id integer PRIMARY KEY, reader integer, CONSTRAINT fk_reader FOREIGN KEY"
                                + " (reader) REFERENCES readers (id));",
                        "CREATE TABLE fees (id integer PRIMARY KEY, reader integer REFERENCES readers);",
                        "- missing foreign-key fees.fk_reader error"),
                planted(
                        "foreign key that deletes on one dialect only",
                        "CREATE TABLE fees (id integer PRIMARY KEY, reader integer, CONSTRAINT fk_reader FOREIGN KEY"
                                + " (reader) REFERENCES readers (id));",
                        "CREATE TABLE fees (id integer PRIMARY KEY, reader integer, CONSTRAINT fk_reader FOREIGN KEY"
                                + " (reader) REFERENCES readers (id) ON DELETE CASCADE);",
                        "CREATE TABLE fees (id integer PRIMARY KEY, reader integer, CONSTRAINT fk_reader FOREIGN KEY"
                                + " (reader) REFERENCES readers (id) ON DELETE CASCADE);",
                        "- differs foreign-key fees.fk_reader error"),
                planted(
                        "check on one dialect only",
                        "CREATE TABLE fees (id integer PRIMARY KEY, cents integer);",
                        "CREATE TABLE fees (id integer PRIMARY KEY, cents integer CONSTRAINT ck_cents CHECK (cents > 0));",
                        "CREATE TABLE fees (id integer PRIMARY KEY, cents integer CHECK (cents > 0));",
                        "- missing check fees.ck_cents error"),
                planted(
                        "check that says something else in other words",
                        "CREATE TABLE fees (id integer PRIMARY KEY, cents integer CONSTRAINT ck_cents CHECK (cents BETWEEN"
                                + " 1 AND 8));",
                        "CREATE TABLE fees (id integer PRIMARY KEY, cents integer CONSTRAINT ck_cents CHECK (cents >= 1"
                                + " AND cents <= 9));",
                        "CREATE TABLE fees (id integer PRIMARY KEY, cents integer CONSTRAINT ck_cents CHECK (cents BETWEEN"
                                + " 1 AND 9));",
                        "- differs check fees.ck_cents error"),
                planted(
                        "unique constraint on one dialect only",
                        "CREATE TABLE fees (id integer PRIMARY KEY, code text);",
                        "CREATE TABLE fees (id integer PRIMARY KEY, code text CONSTRAINT uq_code UNIQUE);",
                        "CREATE TABLE fees (id integer PRIMARY KEY, code text CONSTRAINT uq_code UNIQUE);",
                        "- missing unique fees.uq_code error"),
                planted(
                        "primary key on one dialect only",
                        "CREATE TABLE fees (id integer NOT NULL);",
                        "CREATE TABLE fees (id integer, CONSTRAINT pk_fees PRIMARY KEY (id));",
                        "CREATE TABLE fees (id integer PRIMARY KEY);",
                        "- missing primary-key fees.pk_fees error"),
                planted(
                        "view on one dialect only",
                        nothing,
                        "CREATE VIEW late AS SELECT id FROM loans;",
                        "CREATE VIEW late AS SELECT id FROM loans;",
                        "- missing view late error"),
                planted(
                        "view with another query",
                        "CREATE VIEW late AS SELECT id FROM loans;",
                        "CREATE VIEW late AS SELECT id FROM loans WHERE due IS NOT NULL;",
                        "CREATE VIEW late AS SELECT id FROM loans WHERE due IS NOT NULL;",
                        "- differs view late error"),
                plantedOnPostgresql(
                        "table on SQLite only",
                        "CREATE TABLE fees (id integer PRIMARY KEY);",
                        nothing,
                        "CREATE TABLE fees (id integer PRIMARY KEY);",
                        "- missing table fees error"),
                plantedOnPostgresql(
                        "trigger on SQLite only",
                        "CREATE TRIGGER readers_seen BEFORE UPDATE ON readers BEGIN SELECT 1; END;",
                        nothing,
                        "CREATE TRIGGER readers_seen BEFORE UPDATE ON readers FOR EACH ROW EXECUTE FUNCTION"
                                + " suppress_redundant_updates_trigger();",
                        "- missing trigger readers.readers_seen error"),
                plantedOnPostgresql(
                        "sequence",
                        nothing,
                        "CREATE SEQUENCE tickets;",
                        nothing,
                        "- no-counterpart sequence tickets info"),
                plantedOnPostgresql(
                        "materialized view",
                        nothing,
                        "CREATE MATERIALIZED VIEW late AS SELECT id FROM loans;",
                        nothing,
                        "- no-counterpart materialized-view late info"),
                plantedOnPostgresql(
                        "index by another method",
                        nothing,
                        "CREATE INDEX ix_readers_email ON readers USING hash (email);",
                        nothing,
                        "- no-counterpart index ix_readers_email info"),
                plantedOnPostgresql(
                        "array",
                        "ALTER TABLE readers ADD COLUMN tags text;",
                        "ALTER TABLE readers ADD COLUMN tags text[];",
                        "ALTER TABLE readers ADD COLUMN tags text;",
                        "- no-counterpart column readers.tags info"));
    }
}
