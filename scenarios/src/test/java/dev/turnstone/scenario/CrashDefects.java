package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.BOTH;
import static dev.turnstone.scenario.PlantedDefect.POSTGRESQL;
import static dev.turnstone.scenario.PlantedDefect.SQLITE;

import java.util.List;

/** Revisions that a crash leaves so that the next upgrade cannot put it right. */
class CrashDefects extends PlantedDefects {

    private static final String READERS = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email text, loans integer DEFAULT 0 NOT NULL);
            INSERT INTO readers (id, email) VALUES (1, 'a'), (2, 'b');
            # 1 down
            DROP TABLE readers;
            # 2 header
            -- no transaction
            """;

    private static PlantedDefect planted(
            String name, List<String> dialects, String upgrade, String corrected, String... findings) {
        return PlantedDefect.of(
                name, dialects, "crash", READERS + "# 2 up\n" + upgrade, "# 2 up\n" + corrected, findings);
    }

    @Override
    List<PlantedDefect> defects() {
        return List.of(
                planted(
                        "a table is committed and made again",
                        BOTH,
                        """
                                BEGIN;
                                CREATE TABLE loans (id integer PRIMARY KEY);
                                COMMIT;
                                INSERT INTO loans VALUES (1);
                                """,
                        """
                                BEGIN;
                                CREATE TABLE IF NOT EXISTS loans (id integer PRIMARY KEY);
                                COMMIT;
                                INSERT INTO loans VALUES (1) ON CONFLICT DO NOTHING;
                                """,
                        "000002 not-resumable revision 000002 error"),
                planted("rows are put in twice", BOTH, """
                                BEGIN;
                                CREATE TABLE IF NOT EXISTS loans (reader integer);
                                COMMIT;
                                INSERT INTO loans SELECT id FROM readers;
                                """, """
                                BEGIN;
                                CREATE TABLE IF NOT EXISTS loans (reader integer);
                                COMMIT;
                                INSERT INTO loans SELECT id FROM readers WHERE id NOT IN (SELECT reader FROM loans);
                                # 2 down
                                DROP TABLE loans;
                                """, "000002 half-done row loans error"),
                planted("a number is raised twice", BOTH, """
                                BEGIN;
                                UPDATE readers SET loans = loans + 1;
                                COMMIT;
                                UPDATE readers SET email = upper(email);
                                """, """
                                BEGIN;
                                UPDATE readers SET loans = 1;
                                COMMIT;
                                UPDATE readers SET email = upper(email);
                                """, "000002 half-done row readers error"),
                planted("a column is added twice", BOTH, """
                                BEGIN;
                                ALTER TABLE readers ADD COLUMN phone text;
                                COMMIT;
                                UPDATE readers SET phone = '-';
                                """, """
                                BEGIN;
                                UPDATE readers SET loans = 2;
                                COMMIT;
                                UPDATE readers SET email = '-';
                                """, "000002 not-resumable revision 000002 error"),
                planted(
                        "a table is renamed and looked for under its old name",
                        BOTH,
                        """
                                BEGIN;
                                ALTER TABLE readers RENAME TO members;
                                COMMIT;
                                DELETE FROM members;
                                """,
                        """
                                BEGIN;
                                DELETE FROM readers;
                                COMMIT;
                                DELETE FROM readers;
                                """,
                        "000002 not-resumable revision 000002 error"),
                planted(
                        "a table is dropped before the next that needs it",
                        BOTH,
                        """
                                BEGIN;
                                CREATE TABLE IF NOT EXISTS members (id integer PRIMARY KEY, email text);
                                INSERT INTO members SELECT id, email FROM readers WHERE true ON CONFLICT DO NOTHING;
                                COMMIT;
                                BEGIN;
                                DROP TABLE readers;
                                COMMIT;
                                """,
                        """
                                BEGIN;
                                CREATE TABLE IF NOT EXISTS members (id integer PRIMARY KEY, email text);
                                COMMIT;
                                BEGIN;
                                DROP TABLE IF EXISTS readers;
                                COMMIT;
                                """,
                        "000002 not-resumable revision 000002 error"),
                planted(
                        "an enum value is added twice",
                        POSTGRESQL,
                        """
                                DROP TYPE IF EXISTS mood;
                                CREATE TYPE mood AS ENUM ('sad');
                                VACUUM readers;
                                ALTER TYPE mood ADD VALUE 'ok';
                                ALTER TYPE mood ADD VALUE 'glad';
                                CREATE TABLE moods (m mood);
                                """,
                        """
                                DROP TABLE IF EXISTS moods;
                                DROP TYPE IF EXISTS mood;
                                CREATE TYPE mood AS ENUM ('sad');
                                VACUUM readers;
                                ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok';
                                ALTER TYPE mood ADD VALUE IF NOT EXISTS 'glad';
                                CREATE TABLE moods (m mood);
                                """,
                        "000002 not-resumable revision 000002 error"),
                planted(
                        "an index is made concurrently and made again",
                        POSTGRESQL,
                        "CREATE INDEX CONCURRENTLY ix_readers_email ON readers (email);\n",
                        """
                                DROP INDEX CONCURRENTLY IF EXISTS ix_readers_email;
                                CREATE INDEX CONCURRENTLY ix_readers_email ON readers (email);
                                # 2 down
                                DROP INDEX CONCURRENTLY IF EXISTS ix_readers_email;
                                """,
                        "000002 not-resumable revision 000002 error"),
                planted(
                        "two indexes are dropped concurrently",
                        POSTGRESQL,
                        """
                                CREATE INDEX IF NOT EXISTS one ON readers (email);
                                CREATE INDEX IF NOT EXISTS two ON readers (loans);
                                DROP INDEX CONCURRENTLY one;
                                DROP INDEX CONCURRENTLY two;
                                ALTER TABLE readers RENAME COLUMN loans TO lent;
                                """,
                        """
                                DROP INDEX CONCURRENTLY IF EXISTS one;
                                DROP INDEX CONCURRENTLY IF EXISTS two;
                                """,
                        "000002 not-resumable revision 000002 error"),
                planted(
                        "a table is rebuilt by hand without a transaction",
                        SQLITE,
                        """
                                VACUUM;
                                CREATE TABLE readers_new (id integer PRIMARY KEY, email text NOT NULL);
                                INSERT INTO readers_new SELECT id, email FROM readers;
                                DROP TABLE readers;
                                ALTER TABLE readers_new RENAME TO readers;
                                """,
                        """
                                BEGIN;
                                CREATE TABLE readers_new (id integer PRIMARY KEY, email text NOT NULL);
                                INSERT INTO readers_new SELECT id, email FROM readers;
                                DROP TABLE readers;
                                ALTER TABLE readers_new RENAME TO readers;
                                COMMIT;
                                """,
                        "000002 not-resumable revision 000002 error"),
                planted(
                        "rows are counted up between two vacuums",
                        SQLITE,
                        """
                                VACUUM;
                                UPDATE readers SET loans = loans + 1;
                                VACUUM;
                                """,
                        """
                                VACUUM;
                                UPDATE readers SET loans = 1;
                                VACUUM;
                                """,
                        "000002 half-done row readers error"));
    }
}
