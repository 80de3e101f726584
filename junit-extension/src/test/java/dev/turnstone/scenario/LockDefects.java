package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.POSTGRESQL;

import java.util.List;

/** Revisions for which who uses a table has to wait long. */
class LockDefects extends PlantedDefects {

    private static final String SOON = "SET LOCAL lock_timeout = '2s';\n";

    private static final String READERS = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email text, age integer, since date);
            CREATE INDEX ix_readers_age ON readers (age);
            # 1 down
            DROP TABLE readers;
            """;

    private static final String LOANS = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email text, age integer);
            CREATE TABLE loans (id integer PRIMARY KEY, reader integer, at date NOT NULL);
            # 1 down
            DROP TABLE loans;
            DROP TABLE readers;
            """;

    private static final String PARTITIONED = """
            # 1 up
            CREATE TABLE visits (id integer, year integer NOT NULL) PARTITION BY RANGE (year);
            CREATE TABLE visits_2024 PARTITION OF visits FOR VALUES FROM (2024) TO (2025);
            CREATE TABLE visits_old (id integer, year integer NOT NULL CHECK (year < 2000));
            # 1 down
            DROP TABLE visits_old;
            DROP TABLE visits;
            """;

    private static PlantedDefect planted(
            String name, String history, String upgrade, String corrected, String... findings) {
        return planted(name, history, upgrade, "SELECT 1;", corrected, "SELECT 1;", findings);
    }

    private static PlantedDefect planted(
            String name,
            String history,
            String upgrade,
            String downgrade,
            String corrected,
            String correctedDowngrade,
            String... findings) {
        return PlantedDefect.of(
                        name,
                        POSTGRESQL,
                        "locks",
                        history + "# 2 up\n" + upgrade + "\n# 2 down\n" + downgrade,
                        "# 2 up\n" + corrected + "\n# 2 down\n" + correctedDowngrade,
                        findings)
                .inOwnFormat();
    }

    private static String autocommit(String statements) {
        return "-- autocommit\n" + statements + "\n-- end\n";
    }

    @Override
    List<PlantedDefect> defects() {
        return List.of(
                planted(
                        "a column is added without a limit to the wait for the lock",
                        READERS,
                        "ALTER TABLE readers ADD COLUMN phone text;",
                        SOON + "ALTER TABLE readers DROP COLUMN phone;",
                        SOON + "ALTER TABLE readers ADD COLUMN phone text;",
                        SOON + "ALTER TABLE readers DROP COLUMN phone;",
                        "000002 blocks-readers table readers warning"),
                planted(
                        "a column is dropped by a downgrade without a limit to the wait for the lock",
                        READERS,
                        SOON + "ALTER TABLE readers ADD COLUMN phone text;",
                        "ALTER TABLE readers DROP COLUMN phone;",
                        SOON + "ALTER TABLE readers ADD COLUMN phone text;",
                        SOON + "ALTER TABLE readers DROP COLUMN phone;",
                        "000002 blocks-readers table readers warning"),
                planted(
                        "an index is built while no one can write",
                        READERS,
                        SOON + "CREATE INDEX ix_readers_email ON readers (email);",
                        autocommit("DROP INDEX CONCURRENTLY ix_readers_email;"),
                        autocommit("CREATE INDEX CONCURRENTLY ix_readers_email ON readers (email);"),
                        autocommit("DROP INDEX CONCURRENTLY ix_readers_email;"),
                        "000002 blocks-writers table readers warning"),
                planted(
                        "an index is dropped",
                        READERS,
                        "DROP INDEX ix_readers_age;",
                        autocommit("CREATE INDEX CONCURRENTLY ix_readers_age ON readers (age);"),
                        autocommit("DROP INDEX CONCURRENTLY ix_readers_age;"),
                        autocommit("CREATE INDEX CONCURRENTLY ix_readers_age ON readers (age);"),
                        "000002 blocks-readers table readers warning"),
                planted(
                        "an index is rebuilt",
                        READERS,
                        SOON + "REINDEX INDEX ix_readers_age;",
                        autocommit("REINDEX INDEX CONCURRENTLY ix_readers_age;"),
                        "000002 blocks-readers table readers warning"));
    }
}
