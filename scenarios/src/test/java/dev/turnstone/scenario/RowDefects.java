package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.BOTH;
import static dev.turnstone.scenario.PlantedDefect.POSTGRESQL;
import static dev.turnstone.scenario.PlantedDefect.SQLITE;

import java.util.List;

/** What a revision does to rows that were there before it. */
class RowDefects extends PlantedDefects {

    private static PlantedDefect planted(
            String name, List<String> dialects, String history, String correction, String... findings) {
        return PlantedDefect.of(name, dialects, "rows", history, correction, findings);
    }

    private static final String READERS = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, note text, visits integer NOT NULL DEFAULT 0);
            # 1 down
            DROP TABLE readers;
            """;

    private static final String LOANS = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL);
            CREATE TABLE loans (id integer PRIMARY KEY, reader_id integer NOT NULL REFERENCES readers (id) ON DELETE CASCADE, title text);
            # 1 down
            DROP TABLE loans;
            DROP TABLE readers;
            """;

    @Override
    List<PlantedDefect> defects() {
        return List.of(
                planted("column made anew, empty", BOTH, READERS + """
                        # 2 up
                        ALTER TABLE readers DROP COLUMN note;
                        # 2 down
                        ALTER TABLE readers ADD COLUMN note text;
                        """, """
                        # 2 up
                        ALTER TABLE readers RENAME COLUMN note TO remark;
                        # 2 down
                        ALTER TABLE readers RENAME COLUMN remark TO note;
                        """, "000002 rows-lost row readers error"),
                planted(
                        "column made anew, with its default",
                        BOTH,
                        READERS + """
                        # 2 up
                        ALTER TABLE readers DROP COLUMN visits;
                        # 2 down
                        ALTER TABLE readers ADD COLUMN visits integer NOT NULL DEFAULT 0;
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers RENAME COLUMN visits TO calls;
                        # 2 down
                        ALTER TABLE readers RENAME COLUMN calls TO visits;
                        """,
                        "000002 rows-lost row readers error"),
                planted("table made anew, empty", BOTH, READERS + """
                        # 2 up
                        DROP TABLE readers;
                        # 2 down
                        CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, note text, visits integer NOT NULL DEFAULT 0);
                        """, """
                        # 2 up
                        ALTER TABLE readers RENAME TO former_readers;
                        # 2 down
                        ALTER TABLE former_readers RENAME TO readers;
                        """, "000002 rows-lost row readers error"),
                planted("value overwritten", BOTH, READERS + """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN branch text;
                        UPDATE readers SET visits = 7;
                        # 2 down
                        ALTER TABLE readers DROP COLUMN branch;
                        """, """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN branch text;
                        UPDATE readers SET branch = 'main';
                        """, "000002 rows-changed row readers error"),
                planted("value becomes NULL", BOTH, READERS + """
                        # 2 up
                        UPDATE readers SET note = NULL WHERE note IS NOT NULL;
                        # 2 down
                        SELECT 1;
                        """, """
                        # 2 up
                        UPDATE readers SET note = note WHERE note IS NOT NULL;
                        """, "000002 rows-lost row readers error"),
                planted("rows deleted", BOTH, READERS + """
                        # 2 up
                        DELETE FROM readers WHERE note IS NULL;
                        # 2 down
                        SELECT 1;
                        """, """
                        # 2 up
                        DELETE FROM readers WHERE note = 'a note that nobody has';
                        """, "000002 rows-lost row readers error"),
                planted("rows left behind", BOTH, READERS + """
                        # 2 up
                        INSERT INTO readers (id, email) VALUES (990, 'admin@example.com');
                        # 2 down
                        SELECT 1;
                        """, """
                        # 2 down
                        DELETE FROM readers WHERE id = 990;
                        """, "000002 rows-added row readers error"),
                planted(
                        "type narrowed, values cut",
                        POSTGRESQL,
                        READERS + """
                        # 2 up
                        ALTER TABLE readers ALTER COLUMN email TYPE varchar(5) USING left(email, 5);
                        # 2 down
                        ALTER TABLE readers ALTER COLUMN email TYPE varchar(120);
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers ALTER COLUMN email TYPE text;
                        """,
                        "000002 rows-changed row readers error"),
                planted("values cut in a rebuild", SQLITE, READERS + """
                        # 2 up
                        CREATE TABLE new_readers (id integer PRIMARY KEY, email varchar(5) NOT NULL, note text, visits integer NOT NULL DEFAULT 0);
                        INSERT INTO new_readers SELECT id, substr(email, 1, 5), note, visits FROM readers;
                        DROP TABLE readers;
                        ALTER TABLE new_readers RENAME TO readers;
                        # 2 down
                        CREATE TABLE new_readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, note text, visits integer NOT NULL DEFAULT 0);
                        INSERT INTO new_readers SELECT id, email, note, visits FROM readers;
                        DROP TABLE readers;
                        ALTER TABLE new_readers RENAME TO readers;
                        """, """
                        # 2 up
                        CREATE TABLE new_readers (id integer PRIMARY KEY, email text NOT NULL, note text, visits integer NOT NULL DEFAULT 0);
                        INSERT INTO new_readers SELECT id, email, note, visits FROM readers;
                        DROP TABLE readers;
                        ALTER TABLE new_readers RENAME TO readers;
                        """, "000002 rows-changed row readers error"),
                planted(
                        "children deleted with the rebuilt table",
                        SQLITE,
                        LOANS + """
                        # 2 up
                        CREATE TABLE new_readers (id integer PRIMARY KEY, email text NOT NULL);
                        INSERT INTO new_readers SELECT id, email FROM readers;
                        DROP TABLE readers;
                        ALTER TABLE new_readers RENAME TO readers;
                        # 2 down
                        SELECT 1;
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN branch text;
                        # 2 down
                        ALTER TABLE readers DROP COLUMN branch;
                        """,
                        "000002 rows-lost row loans error"),
                planted("time shifted by a zone", POSTGRESQL, """
                        # 1 up
                        CREATE TABLE visits (id integer PRIMARY KEY, at timestamptz NOT NULL);
                        # 1 down
                        DROP TABLE visits;
                        # 2 up
                        ALTER TABLE visits ALTER COLUMN at TYPE timestamp USING at AT TIME ZONE 'UTC';
                        # 2 down
                        ALTER TABLE visits ALTER COLUMN at TYPE timestamptz USING at AT TIME ZONE 'Europe/Berlin';
                        """, """
                        # 2 down
                        ALTER TABLE visits ALTER COLUMN at TYPE timestamptz USING at AT TIME ZONE 'UTC';
                        """, "000002 rows-changed row visits error"),
                planted("JSON rewritten", POSTGRESQL, """
                        # 1 up
                        CREATE TABLE settings (id integer PRIMARY KEY, content jsonb NOT NULL);
                        # 1 down
                        DROP TABLE settings;
                        # 2 up
                        UPDATE settings SET content = content || '{"version": 2}'
                         WHERE jsonb_typeof(content) = 'object';
                        # 2 down
                        UPDATE settings SET content = content - 'version' - 'n';
                        """, """
                        # 2 down
                        UPDATE settings SET content = content - 'version' WHERE jsonb_typeof(content) = 'object';
                        """, "000002 rows-changed row settings error"),
                planted("equal values for all", BOTH, READERS + """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN domain text;
                        UPDATE readers SET domain = 'x', email = 'same@example.com';
                        # 2 down
                        ALTER TABLE readers DROP COLUMN domain;
                        """, """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN domain text;
                        UPDATE readers SET domain = 'x';
                        """, "000002 rows-changed row readers error"),
                planted(
                        "rows copied into their own table",
                        BOTH,
                        READERS + """
                        # 2 up
                        CREATE TABLE log (reader_id integer);
                        INSERT INTO log SELECT id FROM readers;
                        # 2 down
                        DROP TABLE log;
                        # 3 up
                        INSERT INTO log SELECT reader_id FROM log;
                        # 3 down
                        SELECT 1;
                        """,
                        """
                        # 3 up
                        CREATE INDEX ix_log ON log (reader_id);
                        # 3 down
                        DROP INDEX ix_log;
                        """,
                        "000003 rows-added row log error"),
                planted(
                        "NOT NULL without default",
                        POSTGRESQL,
                        READERS + """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN branch text NOT NULL;
                        # 2 down
                        ALTER TABLE readers DROP COLUMN branch;
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN branch text NOT NULL DEFAULT 'main';
                        """,
                        "000002 up-fails-on-rows revision 000002 error"),
                planted(
                        "NOT NULL without default, in a rebuild",
                        SQLITE,
                        READERS + """
                        # 2 up
                        CREATE TABLE new_readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, note text, visits integer NOT NULL DEFAULT 0, branch text NOT NULL);
                        INSERT INTO new_readers (id, email, note, visits) SELECT id, email, note, visits FROM readers;
                        DROP TABLE readers;
                        ALTER TABLE new_readers RENAME TO readers;
                        # 2 down
                        ALTER TABLE readers DROP COLUMN branch;
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN branch text NOT NULL DEFAULT 'main';
                        """,
                        "000002 up-fails-on-rows revision 000002 error"),
                planted(
                        "data moved in the wrong order",
                        POSTGRESQL,
                        READERS + """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN branch text;
                        ALTER TABLE readers ALTER COLUMN branch SET NOT NULL;
                        UPDATE readers SET branch = 'main';
                        # 2 down
                        ALTER TABLE readers DROP COLUMN branch;
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN branch text;
                        UPDATE readers SET branch = 'main';
                        ALTER TABLE readers ALTER COLUMN branch SET NOT NULL;
                        """,
                        "000002 up-fails-on-rows revision 000002 error"),
                planted(
                        "unique on equal values",
                        BOTH,
                        READERS + """
                        # 2 up
                        CREATE UNIQUE INDEX uq_readers_email ON readers (email);
                        # 2 down
                        DROP INDEX uq_readers_email;
                        """,
                        """
                        # 2 up
                        CREATE INDEX uq_readers_email ON readers (email);
                        """,
                        "000002 assumes-data revision 000002 warning"),
                planted(
                        "check that rows violate",
                        POSTGRESQL,
                        READERS + """
                        # 2 up
                        ALTER TABLE readers ADD CONSTRAINT ck_visits CHECK (visits BETWEEN 0 AND 100000);
                        # 2 down
                        ALTER TABLE readers DROP CONSTRAINT ck_visits;
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers ADD CONSTRAINT ck_visits CHECK (visits BETWEEN 0 AND 100000) NOT VALID;
                        """,
                        "000002 assumes-data revision 000002 warning"),
                planted(
                        "foreign key with orphans",
                        POSTGRESQL,
                        """
                        # 1 up
                        CREATE TABLE readers (id integer PRIMARY KEY);
                        CREATE TABLE loans (id integer PRIMARY KEY, reader_id integer);
                        # 1 down
                        DROP TABLE loans;
                        DROP TABLE readers;
                        # 2 up
                        ALTER TABLE loans ADD CONSTRAINT fk_reader FOREIGN KEY (reader_id) REFERENCES readers (id);
                        # 2 down
                        ALTER TABLE loans DROP CONSTRAINT fk_reader;
                        """,
                        """
                        # 2 up
                        ALTER TABLE loans ADD CONSTRAINT fk_reader FOREIGN KEY (reader_id) REFERENCES readers (id) NOT VALID;
                        """,
                        "000002 assumes-data revision 000002 warning"),
                planted(
                        "texts that are no values of the enum",
                        POSTGRESQL,
                        """
                        # 1 up
                        CREATE TABLE loans (id integer PRIMARY KEY, state text);
                        # 1 down
                        DROP TABLE loans;
                        # 2 up
                        CREATE TYPE loan_state AS ENUM ('out', 'back');
                        ALTER TABLE loans ALTER COLUMN state TYPE loan_state USING state::loan_state;
                        # 2 down
                        ALTER TABLE loans ALTER COLUMN state TYPE text;
                        DROP TYPE loan_state;
                        """,
                        """
                        # 2 up
                        CREATE TYPE loan_state AS ENUM ('out', 'back');
                        # 2 down
                        DROP TYPE loan_state;
                        """,
                        "000002 assumes-data revision 000002 warning"),
                planted(
                        "nullable becomes NOT NULL",
                        POSTGRESQL,
                        READERS + """
                        # 2 up
                        ALTER TABLE readers ALTER COLUMN note SET NOT NULL;
                        # 2 down
                        ALTER TABLE readers ALTER COLUMN note DROP NOT NULL;
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers ADD CONSTRAINT note_given CHECK (note IS NOT NULL) NOT VALID;
                        # 2 down
                        ALTER TABLE readers DROP CONSTRAINT note_given;
                        """,
                        "000002 assumes-data revision 000002 warning"),
                planted(
                        "downgrade that fails on rows",
                        POSTGRESQL,
                        READERS + """
                        # 2 up
                        ALTER TABLE readers DROP COLUMN email;
                        # 2 down
                        ALTER TABLE readers ADD COLUMN email varchar(120) NOT NULL;
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers RENAME COLUMN email TO address;
                        # 2 down
                        ALTER TABLE readers RENAME COLUMN address TO email;
                        """,
                        "000002 down-fails revision 000002 error"),
                planted("table that takes no row", BOTH, """
                        # 1 up
                        CREATE TABLE never (id integer PRIMARY KEY, n integer NOT NULL, CONSTRAINT ck_never CHECK (n > 3 AND n < 3));
                        # 1 down
                        DROP TABLE never;
                        """, """
                        # 1 up
                        CREATE TABLE never (id integer PRIMARY KEY, n integer NOT NULL, CONSTRAINT ck_never CHECK (n > 3 AND n < 5));
                        """, "000001 not-filled row never info"));
    }
}
