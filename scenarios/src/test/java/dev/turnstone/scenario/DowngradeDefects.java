package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.BOTH;
import static dev.turnstone.scenario.PlantedDefect.POSTGRESQL;

import java.util.List;

/** Downgrades that do nothing, fail, or leave what does no harm. */
class DowngradeDefects extends PlantedDefects {

    private static PlantedDefect planted(
            String name, List<String> dialects, String history, String correction, String... findings) {
        return PlantedDefect.of(name, dialects, "up-down-up", history, correction, findings);
    }

    @Override
    List<PlantedDefect> defects() {
        return List.of(
                planted(
                        "do-nothing downgrade of a table",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE TABLE loans (id integer);
                                # 2 down
                                SELECT 1;
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                """,
                        "000002 down-no-effect revision 000002 error",
                        "000002 leftover table loans error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "downgrade that drops the wrong thing if it exists",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE INDEX IF NOT EXISTS ix_j ON readers (joined);
                                # 2 down
                                DROP INDEX IF EXISTS ix_joined;
                                """,
                        """
                                # 2 down
                                DROP INDEX ix_j;
                                """,
                        "000002 down-no-effect revision 000002 error",
                        "000002 leftover index ix_j error"),
                planted(
                        "empty downgrade",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE TABLE loans (id integer);
                                # 2 down
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                """,
                        "000002 down-empty revision 000002 error",
                        "000002 leftover table loans error",
                        "000002 up-again-fails revision 000002 error"),
                planted(
                        "downgrade of comments only",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE TABLE IF NOT EXISTS loans (id integer);
                                # 2 down
                                -- nothing to see here
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                """,
                        "000002 down-empty revision 000002 error",
                        "000002 leftover table loans error"),
                planted(
                        "empty downgrade where only rows were put in",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                INSERT INTO readers (id, email) SELECT coalesce(max(id), 0) + 1, 'x' FROM readers;
                                # 2 down
                                """,
                        """
                                # 2 down
                                DELETE FROM readers;
                                """,
                        "000002 down-empty revision 000002 error"),
                planted(
                        "do-nothing downgrade where only rows were put in",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                INSERT INTO readers (id, email) SELECT coalesce(max(id), 0) + 1, 'x' FROM readers;
                                # 2 down
                                DELETE FROM readers WHERE id < 0;
                                """,
                        """
                                # 2 down
                                DELETE FROM readers;
                                """,
                        "000002 down-no-effect revision 000002 error"),
                planted("downgrade fails", BOTH, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE TABLE loans (id integer);
                                # 2 down
                                DROP TABLE loan;
                                """, """
                                # 2 down
                                DROP TABLE loans;
                                """, "000002 down-fails revision 000002 error"),
                planted(
                        "second statement of a downgrade fails",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                CREATE TABLE loans (id integer);
                                # 2 down
                                DROP TABLE loans;
                                DROP TABLE fines;
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                """,
                        "000002 down-fails revision 000002 error"),
                planted(
                        "up again makes something else",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                DO $$ BEGIN IF to_regclass('marker') IS NULL THEN CREATE TABLE marker (id integer); ELSE CREATE TABLE other (id integer); END IF; END $$;
                                CREATE TABLE loans (id integer);
                                # 2 down
                                DROP TABLE loans;
                                DROP TABLE IF EXISTS other;
                                """,
                        """
                                # 2 down
                                DROP TABLE loans;
                                DROP TABLE IF EXISTS marker;
                                DROP TABLE IF EXISTS other;
                                """,
                        "000002 leftover table marker error",
                        "000002 up-again-differs table other error"),
                planted("column order only", BOTH, """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120), joined date);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers DROP COLUMN email;
                                # 2 down
                                ALTER TABLE readers ADD COLUMN email varchar(120);
                                """, """
                                # 2 down
                                ALTER TABLE readers ADD COLUMN joined date;
                                # 2 up
                                ALTER TABLE readers DROP COLUMN joined;
                                """, "000002 order-only table readers info"),
                planted(
                        "names that the server chose",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE readers (id serial PRIMARY KEY, email text UNIQUE);
                                # 1 down
                                DROP TABLE readers;
                                # 2 up
                                ALTER TABLE readers ADD COLUMN branch text;
                                # 2 down
                                ALTER TABLE readers RENAME TO readers_old;
                                CREATE TABLE readers (id serial PRIMARY KEY, email text UNIQUE);
                                INSERT INTO readers (id, email) SELECT id, email FROM readers_old;
                                DROP TABLE readers_old;
                                """,
                        """
                                # 2 down
                                ALTER TABLE readers DROP COLUMN branch;
                                """,
                        "000002 auto-name primary-key readers.readers_pkey1 info",
                        "000002 auto-name unique readers.readers_email_key1 info",
                        "000002 auto-name sequence readers_id_seq1 info"));
    }
}
