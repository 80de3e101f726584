package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.POSTGRESQL;

import java.util.List;
import java.util.stream.Stream;

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
            CREATE TABLE log (no integer NOT NULL, what text);
            # 1 down
            DROP TABLE log;
            DROP TABLE loans;
            DROP TABLE readers;
            """;

    private static final String PARTITIONED = """
            # 1 up
            CREATE TABLE visits (id integer, year integer NOT NULL) PARTITION BY RANGE (year);
            CREATE TABLE visits_2024 PARTITION OF visits FOR VALUES FROM (2024) TO (2025);
            CREATE TABLE visits_2023 (id integer, year integer NOT NULL);
            CREATE TABLE visits_old (id integer, year integer NOT NULL CHECK (year < 2000));
            # 1 down
            DROP TABLE visits_old;
            DROP TABLE visits_2023;
            DROP TABLE visits;
            """;

    private static final String WITH_DEFAULT_PARTITION = """
            # 1 up
            CREATE TABLE visits (id integer, year integer NOT NULL) PARTITION BY RANGE (year);
            CREATE TABLE visits_2024 PARTITION OF visits FOR VALUES FROM (2024) TO (2025);
            CREATE TABLE visits_other PARTITION OF visits DEFAULT;
            # 1 down
            DROP TABLE visits;
            """;

    private static final String VIEWED = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, age integer);
            CREATE MATERIALIZED VIEW ages AS SELECT age, count(*) AS readers FROM readers GROUP BY age;
            CREATE UNIQUE INDEX uq_ages ON ages (age);
            # 1 down
            DROP MATERIALIZED VIEW ages;
            DROP TABLE readers;
            """;

    private static final String WITH_DOMAIN = """
            # 1 up
            CREATE DOMAIN email AS text;
            CREATE TABLE readers (id integer PRIMARY KEY, email email);
            # 1 down
            DROP TABLE readers;
            DROP DOMAIN email;
            """;

    private static final String REFERRING = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY);
            CREATE TABLE loans (id integer PRIMARY KEY, reader integer REFERENCES readers);
            # 1 down
            DROP TABLE loans;
            DROP TABLE readers;
            """;

    private static PlantedDefect oneWay(
            String name, String history, String upgrade, String corrected, String... findings) {
        return PlantedDefect.of(
                        name,
                        POSTGRESQL,
                        "locks",
                        history + "# 2 irreversible\nfor now\n# 2 up\n" + upgrade,
                        "# 2 up\n" + corrected,
                        findings)
                .inOwnFormat();
    }

    private static PlantedDefect bothWays(
            String name,
            String upgrade,
            String downgrade,
            String corrected,
            String correctedDowngrade,
            String... findings) {
        return PlantedDefect.of(
                        name,
                        POSTGRESQL,
                        "locks",
                        READERS + "# 2 up\n" + upgrade + "\n# 2 down\n" + downgrade,
                        "# 2 up\n" + corrected + "\n# 2 down\n" + correctedDowngrade,
                        findings)
                .inOwnFormat();
    }

    private static String autocommit(String statements) {
        return "\n-- autocommit\n" + statements + "\n-- end\n";
    }

    @Override
    List<PlantedDefect> defects() {
        return Stream.of(waits(), indexes(), rewrites(), scans(), partitions(), kept())
                .flatMap(List::stream)
                .toList();
    }

    private static List<PlantedDefect> waits() {
        return List.of(
                bothWays(
                        "a column is added without a limit to the wait for the lock",
                        "ALTER TABLE readers ADD COLUMN phone text;\n",
                        SOON + "ALTER TABLE readers DROP COLUMN phone;\n",
                        SOON + "ALTER TABLE readers ADD COLUMN phone text;\n",
                        SOON + "ALTER TABLE readers DROP COLUMN phone;\n",
                        "000002 blocks-readers table readers warning"),
                bothWays(
                        "a column is dropped by a downgrade without a limit to the wait for the lock",
                        SOON + "ALTER TABLE readers ADD COLUMN phone text;\n",
                        "ALTER TABLE readers DROP COLUMN phone;\n",
                        SOON + "ALTER TABLE readers ADD COLUMN phone text;\n",
                        SOON + "ALTER TABLE readers DROP COLUMN phone;\n",
                        "000002 blocks-readers table readers warning"),
                bothWays(
                        "a table is renamed without a limit to the wait for the lock",
                        "ALTER TABLE readers RENAME TO members;\n",
                        "ALTER TABLE members RENAME TO readers;\n",
                        SOON + "ALTER TABLE readers RENAME TO members;\n",
                        SOON + "ALTER TABLE members RENAME TO readers;\n",
                        "000002 blocks-readers table readers warning",
                        "000002 blocks-readers table members warning"),
                oneWay(
                        "a trigger is made without a limit to the wait for the lock",
                        READERS,
                        "CREATE TRIGGER tr_readers BEFORE UPDATE ON readers FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();\n",
                        SOON
                                + "CREATE TRIGGER tr_readers BEFORE UPDATE ON readers FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();\n",
                        "000002 blocks-writers table readers warning"),
                oneWay(
                        "a new table refers to an old one without a limit to the wait for the lock",
                        READERS,
                        "CREATE TABLE fines (id integer PRIMARY KEY, reader integer REFERENCES readers);\n",
                        SOON + "CREATE TABLE fines (id integer PRIMARY KEY, reader integer REFERENCES readers);\n",
                        "000002 blocks-writers table readers warning"),
                oneWay(
                        "a table is dropped that refers to another without a limit to the wait for the lock",
                        REFERRING,
                        "DROP TABLE loans;\n",
                        SOON + "DROP TABLE loans;\n",
                        "000002 blocks-readers table readers warning"),
                oneWay(
                        "a table is locked without a limit to the wait",
                        READERS,
                        "LOCK TABLE readers IN EXCLUSIVE MODE;\n",
                        "LOCK TABLE readers IN ROW EXCLUSIVE MODE;\n",
                        "000002 blocks-writers table readers warning"),
                oneWay(
                        "a table is truncated",
                        READERS,
                        "TRUNCATE readers;\n",
                        "DELETE FROM readers;\n",
                        "000002 blocks-readers table readers warning"),
                oneWay(
                        "a column of a materialized view is renamed without a limit to the wait for the lock",
                        VIEWED,
                        "ALTER MATERIALIZED VIEW ages RENAME COLUMN readers TO number;\n",
                        SOON + "ALTER MATERIALIZED VIEW ages RENAME COLUMN readers TO number;\n",
                        "000002 blocks-readers materialized-view ages warning"));
    }

    private static List<PlantedDefect> indexes() {
        return List.of(
                oneWay(
                        "all indexes of a table are rebuilt",
                        READERS,
                        autocommit("SET lock_timeout = '2s';\nREINDEX TABLE readers;"),
                        autocommit("REINDEX TABLE CONCURRENTLY readers;"),
                        "000002 blocks-readers table readers warning"),
                bothWays(
                        "an index is built while no one can write",
                        SOON + "CREATE INDEX ix_readers_email ON readers (email);\n",
                        autocommit("DROP INDEX CONCURRENTLY ix_readers_email;"),
                        autocommit("CREATE INDEX CONCURRENTLY ix_readers_email ON readers (email);"),
                        autocommit("DROP INDEX CONCURRENTLY ix_readers_email;"),
                        "000002 blocks-writers table readers warning"),
                bothWays(
                        "an index is dropped while no one can read",
                        "DROP INDEX ix_readers_age;\n",
                        autocommit("CREATE INDEX CONCURRENTLY ix_readers_age ON readers (age);"),
                        autocommit("DROP INDEX CONCURRENTLY ix_readers_age;"),
                        autocommit("CREATE INDEX CONCURRENTLY ix_readers_age ON readers (age);"),
                        "000002 blocks-readers table readers warning"),
                oneWay(
                        "an index is rebuilt",
                        READERS,
                        SOON + "REINDEX INDEX ix_readers_age;\n",
                        autocommit("REINDEX INDEX CONCURRENTLY ix_readers_age;"),
                        "000002 blocks-readers table readers warning"),
                oneWay(
                        "a unique constraint builds its index",
                        READERS,
                        SOON + "ALTER TABLE readers ADD CONSTRAINT uq_readers_email UNIQUE (email);\n",
                        autocommit("CREATE UNIQUE INDEX CONCURRENTLY uq_readers_email ON readers (email);") + SOON
                                + "ALTER TABLE readers ADD CONSTRAINT uq_readers_email UNIQUE USING INDEX uq_readers_email;\n",
                        "000002 blocks-readers table readers warning"),
                oneWay(
                        "a primary key builds its index",
                        LOANS,
                        SOON + "ALTER TABLE log ADD PRIMARY KEY (no);\n",
                        autocommit("CREATE UNIQUE INDEX CONCURRENTLY pk_log ON log (no);") + SOON
                                + "ALTER TABLE log ADD CONSTRAINT pk_log PRIMARY KEY USING INDEX pk_log;\n",
                        "000002 blocks-readers table log warning"),
                oneWay(
                        "an exclusion constraint builds its index",
                        READERS,
                        SOON + "ALTER TABLE readers ADD CONSTRAINT ex_readers_email EXCLUDE (email WITH =);\n",
                        """
                        CREATE TABLE members (email text);
                        ALTER TABLE members ADD CONSTRAINT ex_members_email EXCLUDE (email WITH =);
                        CREATE INDEX ix_members_email ON members (email);
                        """,
                        "000002 blocks-readers table readers warning"));
    }

    private static List<PlantedDefect> rewrites() {
        return List.of(
                oneWay(
                        "a column gets another type",
                        READERS,
                        SOON + "ALTER TABLE readers ALTER COLUMN age TYPE bigint;\n",
                        SOON + "ALTER TABLE readers ALTER COLUMN email TYPE varchar;\n",
                        "000002 rewrites-table table readers warning"),
                oneWay(
                        "a stored column is added",
                        READERS,
                        SOON
                                + "ALTER TABLE readers ADD COLUMN months bigint GENERATED ALWAYS AS (age::bigint * 12) STORED;\n",
                        SOON + "ALTER TABLE readers ADD COLUMN months bigint;\n",
                        "000002 rewrites-table table readers warning"),
                oneWay(
                        "an identity column is added",
                        READERS,
                        SOON + "ALTER TABLE readers ADD COLUMN no bigint GENERATED ALWAYS AS IDENTITY;\n",
                        SOON + """
                        CREATE SEQUENCE readers_no;
                        ALTER TABLE readers ADD COLUMN no bigint;
                        ALTER TABLE readers ALTER COLUMN no SET DEFAULT nextval('readers_no');
                        """,
                        "000002 rewrites-table table readers warning"),
                oneWay(
                        "a serial column is added",
                        READERS,
                        SOON + "ALTER TABLE readers ADD COLUMN no serial;\n",
                        SOON + "ALTER TABLE readers ADD COLUMN no integer;\n",
                        "000002 rewrites-table table readers warning"),
                oneWay(
                        "a column is added with a default for each row",
                        READERS,
                        SOON + "ALTER TABLE readers ADD COLUMN token uuid DEFAULT gen_random_uuid();\n",
                        SOON + """
                        ALTER TABLE readers ADD COLUMN token uuid;
                        ALTER TABLE readers ALTER COLUMN token SET DEFAULT gen_random_uuid();
                        ALTER TABLE readers ADD COLUMN state text DEFAULT 'new' NOT NULL;
                        """,
                        "000002 rewrites-table table readers warning"),
                oneWay(
                        "a table becomes unlogged",
                        READERS,
                        SOON + "ALTER TABLE readers SET UNLOGGED;\n",
                        SOON + "ALTER TABLE readers SET (fillfactor = 90);\n",
                        "000002 rewrites-table table readers warning"),
                oneWay(
                        "a table is clustered",
                        READERS,
                        SOON + "CLUSTER readers USING ix_readers_age;\n",
                        autocommit("VACUUM readers;"),
                        "000002 rewrites-table table readers warning"),
                oneWay(
                        "a table is vacuumed by rewriting it",
                        READERS,
                        autocommit("VACUUM FULL readers;"),
                        autocommit("VACUUM readers;"),
                        "000002 rewrites-table table readers warning"),
                oneWay(
                        "a materialized view is refreshed while no one can read it",
                        VIEWED,
                        SOON + "REFRESH MATERIALIZED VIEW ages;\n",
                        "REFRESH MATERIALIZED VIEW CONCURRENTLY ages;\n",
                        "000002 rewrites-table materialized-view ages warning"));
    }

    private static List<PlantedDefect> scans() {
        return List.of(
                oneWay(
                        "rows are changed by a block of code under the lock of the statement before",
                        READERS,
                        SOON + """
                                        ALTER TABLE readers ADD COLUMN phone text;
                                        DO $$ BEGIN UPDATE readers SET phone = email; END $$;
                                        """,
                        """
                                DO $$ BEGIN UPDATE readers SET email = upper(email); END $$;
                                """ + SOON + "ALTER TABLE readers ADD COLUMN phone text;\n",
                        "000002 scans-table table readers warning"),
                oneWay(
                        "a column becomes NOT NULL",
                        READERS,
                        SOON + "ALTER TABLE readers ALTER COLUMN age SET NOT NULL;\n",
                        SOON + "ALTER TABLE readers ADD CONSTRAINT ck_age CHECK (age IS NOT NULL) NOT VALID;\n"
                                + autocommit("ALTER TABLE readers VALIDATE CONSTRAINT ck_age;") + SOON + """
                        ALTER TABLE readers ALTER COLUMN age SET NOT NULL;
                        ALTER TABLE readers DROP CONSTRAINT ck_age;
                        """,
                        "000002 scans-table table readers warning"),
                oneWay(
                        "a check is added",
                        READERS,
                        SOON + "ALTER TABLE readers ADD CONSTRAINT ck_age CHECK (age > 0);\n",
                        SOON + "ALTER TABLE readers ADD CONSTRAINT ck_age CHECK (age > 0) NOT VALID;\n"
                                + autocommit("ALTER TABLE readers VALIDATE CONSTRAINT ck_age;"),
                        "000002 scans-table table readers warning"),
                oneWay(
                        "a check is validated in the transaction that adds it",
                        READERS,
                        SOON + """
                        ALTER TABLE readers ADD CONSTRAINT ck_age CHECK (age > 0) NOT VALID;
                        ALTER TABLE readers VALIDATE CONSTRAINT ck_age;
                        """,
                        SOON + "ALTER TABLE readers ADD CONSTRAINT ck_age CHECK (age > 0) NOT VALID;\n"
                                + autocommit("ALTER TABLE readers VALIDATE CONSTRAINT ck_age;"),
                        "000002 scans-table table readers warning"),
                oneWay(
                        "a foreign key is added",
                        LOANS,
                        SOON
                                + "ALTER TABLE loans ADD CONSTRAINT fk_loans FOREIGN KEY (reader) REFERENCES readers (id);\n",
                        SOON
                                + "ALTER TABLE loans ADD CONSTRAINT fk_loans FOREIGN KEY (reader) REFERENCES readers (id) NOT VALID;\n"
                                + autocommit("ALTER TABLE loans VALIDATE CONSTRAINT fk_loans;"),
                        "000002 scans-table table loans warning",
                        "000002 scans-table table readers warning"),
                oneWay(
                        "a domain gets a check",
                        WITH_DOMAIN,
                        SOON + "ALTER DOMAIN email ADD CONSTRAINT ck_email CHECK (VALUE <> '');\n",
                        SOON + "ALTER DOMAIN email ADD CONSTRAINT ck_email CHECK (VALUE <> '') NOT VALID;\n",
                        "000002 scans-table table readers warning"),
                oneWay(
                        "rows are changed under the lock of the statement before",
                        READERS,
                        SOON + """
                        ALTER TABLE readers ADD COLUMN phone text;
                        UPDATE readers SET phone = email;
                        """,
                        SOON + """
                        ALTER TABLE readers ADD COLUMN phone text;
                        UPDATE readers SET phone = '1' WHERE id = 1;
                        """,
                        "000002 scans-table table readers warning"),
                oneWay(
                        "a table is copied under the lock of the statement before",
                        READERS,
                        SOON + """
                        ALTER TABLE readers ADD COLUMN phone text;
                        CREATE TABLE members AS SELECT id FROM readers;
                        """,
                        "CREATE TABLE members AS SELECT id FROM readers;\n" + SOON
                                + "ALTER TABLE readers ADD COLUMN phone text;\n",
                        "000002 scans-table table readers warning"));
    }

    private static List<PlantedDefect> partitions() {
        return List.of(
                oneWay(
                        "a partition is made beside a default one that has to be read",
                        WITH_DEFAULT_PARTITION,
                        SOON + "CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM (2025) TO (2026);\n",
                        SOON
                                + """
                                        ALTER TABLE visits_other ADD CHECK (year < 2025 OR year >= 2026) NOT VALID;
                                        """
                                + autocommit("ALTER TABLE visits_other VALIDATE CONSTRAINT visits_other_year_check;")
                                + SOON
                                + "CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM (2025) TO (2026);\n",
                        "000002 scans-table table visits warning"),
                oneWay(
                        "a partition is attached that has to be read",
                        PARTITIONED,
                        SOON + "ALTER TABLE visits ATTACH PARTITION visits_2023 FOR VALUES FROM (2023) TO (2024);\n",
                        SOON + "ALTER TABLE visits ATTACH PARTITION visits_old FOR VALUES FROM (MINVALUE) TO (2000);\n",
                        "000002 scans-table table visits_2023 warning"),
                oneWay(
                        "a partition is detached while no one can read",
                        PARTITIONED,
                        "ALTER TABLE visits DETACH PARTITION visits_2024;\n",
                        autocommit("ALTER TABLE visits DETACH PARTITION visits_2024 CONCURRENTLY;"),
                        "000002 blocks-readers table visits warning"),
                oneWay(
                        "a partition is made in its place",
                        PARTITIONED,
                        "CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM (2025) TO (2026);\n",
                        """
                        CREATE TABLE visits_2025 (LIKE visits);
                        ALTER TABLE visits ATTACH PARTITION visits_2025 FOR VALUES FROM (2025) TO (2026);
                        """,
                        "000002 blocks-readers table visits warning"),
                oneWay(
                        "all partitions are written anew",
                        PARTITIONED,
                        SOON + "ALTER TABLE visits ALTER COLUMN id TYPE bigint;\n",
                        SOON + "ALTER TABLE visits ADD COLUMN no bigint;\n",
                        "000002 rewrites-table table visits warning"));
    }

    private static List<PlantedDefect> kept() {
        return List.of(
                oneWay(
                        "the lock on one table is kept while rows of another are changed",
                        LOANS,
                        SOON + """
                        ALTER TABLE readers ADD COLUMN phone text;
                        UPDATE loans SET reader = 1 WHERE reader IS NULL;
                        """,
                        "UPDATE loans SET reader = 1 WHERE reader IS NULL;\n" + SOON
                                + "ALTER TABLE readers ADD COLUMN phone text;\n",
                        "000002 blocks-readers table readers warning"),
                oneWay(
                        "the lock on one table is kept while another is waited for",
                        LOANS,
                        SOON + """
                        ALTER TABLE readers ADD COLUMN phone text;
                        ALTER TABLE loans ADD COLUMN until date;
                        """,
                        SOON + "ALTER TABLE readers ADD COLUMN phone text;\n" + autocommit("""
                        SET lock_timeout = '2s';
                        ALTER TABLE loans ADD COLUMN until date;
                        """),
                        "000002 blocks-readers table readers warning"),
                oneWay(
                        "the lock on one table is kept while an index is built on another",
                        LOANS,
                        SOON + """
                        CREATE TRIGGER tr_readers BEFORE UPDATE ON readers FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
                        CREATE INDEX ix_loans_reader ON loans (reader);
                        """,
                        SOON
                                + "CREATE TRIGGER tr_readers BEFORE UPDATE ON readers FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();\n"
                                + autocommit("CREATE INDEX CONCURRENTLY ix_loans_reader ON loans (reader);"),
                        "000002 blocks-writers table readers warning",
                        "000002 blocks-writers table loans warning"));
    }
}
