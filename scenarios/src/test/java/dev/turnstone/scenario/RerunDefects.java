package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.BOTH;
import static dev.turnstone.scenario.PlantedDefect.POSTGRESQL;

import java.util.List;

/** Bodies that cannot run twice. */
class RerunDefects extends PlantedDefects {

    private static PlantedDefect planted(
            String name, List<String> dialects, String history, String correction, String... findings) {
        return PlantedDefect.of(name, dialects, "idempotent-rerun", history, correction, findings);
    }

    @Override
    List<PlantedDefect> defects() {
        return List.of(
                planted(
                        "neither body can run twice",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE readers (id integer PRIMARY KEY, email text);
                                # 1 down
                                DROP TABLE readers;
                                """,
                        """
                                # 1 up
                                CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
                                # 1 down
                                DROP TABLE IF EXISTS readers;
                                """,
                        "000001 rerun-fails revision 000001 error|warning",
                        "000001 down-rerun-fails revision 000001 warning|info"),
                planted(
                        "upgrade body puts rows in twice",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
                                # 1 down
                                DROP TABLE IF EXISTS readers;
                                # 2 up
                                INSERT INTO readers (id, email) SELECT coalesce(max(id), 0) + 1, 'x' FROM readers;
                                # 2 down
                                DELETE FROM readers;
                                """,
                        """
                                # 2 up
                                INSERT INTO readers (id, email) VALUES (1, 'x') ON CONFLICT DO NOTHING;
                                """,
                        "000002 rerun-changes row readers error|warning"),
                planted(
                        "upgrade body adds an unnamed constraint again",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
                                # 1 down
                                DROP TABLE IF EXISTS readers;
                                # 2 up
                                ALTER TABLE readers ADD CHECK (id > 0);
                                # 2 down
                                ALTER TABLE readers DROP CONSTRAINT IF EXISTS readers_id_check;
                                """,
                        """
                                # 2 up
                                ALTER TABLE readers DROP CONSTRAINT IF EXISTS readers_id_check;
                                ALTER TABLE readers ADD CHECK (id > 0);
                                """,
                        "000002 rerun-changes check readers.readers_id_check1 error|warning"),
                planted(
                        "upgrade body makes an unnamed index again",
                        POSTGRESQL,
                        """
                                # 1 up
                                CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
                                # 1 down
                                DROP TABLE IF EXISTS readers;
                                # 2 up
                                CREATE INDEX ON readers (email);
                                # 2 down
                                DROP INDEX IF EXISTS readers_email_idx;
                                """,
                        """
                                # 2 up
                                CREATE INDEX IF NOT EXISTS readers_email_idx ON readers (email);
                                """,
                        "000002 rerun-changes index readers_email_idx1 error|warning"),
                planted(
                        "downgrade body counts down each time",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
                                # 1 down
                                DROP TABLE IF EXISTS readers;
                                # 2 up
                                INSERT INTO readers (id) VALUES (1), (2) ON CONFLICT DO NOTHING;
                                # 2 down
                                DELETE FROM readers WHERE id = (SELECT max(id) FROM readers);
                                """,
                        """
                                # 2 down
                                DELETE FROM readers;
                                """,
                        "000002 down-rerun-changes row readers warning|info"),
                planted(
                        "body that changes the rows of an application each time",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, loans integer NOT NULL);
                                # 1 down
                                DROP TABLE IF EXISTS readers;
                                # 2 up
                                UPDATE readers SET loans = loans / 2;
                                # 2 down
                                SELECT 1;
                                """,
                        """
                                # 2 up
                                UPDATE readers SET loans = 0 WHERE loans < 0;
                                """,
                        "000002 rerun-changes row readers error|warning"),
                planted("downgrade fails at once", BOTH, """
                                # 1 up
                                CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
                                # 1 down
                                DROP TABLE IF EXISTS readers;
                                # 2 up
                                CREATE TABLE IF NOT EXISTS loans (id integer);
                                # 2 down
                                DROP TABLE loan;
                                """, """
                                # 2 down
                                DROP TABLE IF EXISTS loans;
                                """, "000002 down-fails revision 000002 error"),
                planted(
                        "upgrade fails in the middle of the history",
                        BOTH,
                        """
                                # 1 up
                                CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
                                # 1 down
                                DROP TABLE IF EXISTS readers;
                                # 2 up
                                ALTER TABLE reader ADD COLUMN x text;
                                # 2 down
                                SELECT 1;
                                # 3 up
                                CREATE TABLE loans (id integer);
                                # 3 down
                                DROP TABLE IF EXISTS loans;
                                """,
                        """
                                # 2 up
                                SELECT 1;
                                # 3 up
                                CREATE TABLE IF NOT EXISTS loans (id integer);
                                """,
                        "000002 up-fails revision 000002 error",
                        "000003 rerun-fails revision 000003 error|warning"));
    }
}
