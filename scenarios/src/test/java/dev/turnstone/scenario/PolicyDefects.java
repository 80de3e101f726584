package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.BOTH;
import static dev.turnstone.scenario.PlantedDefect.POSTGRESQL;
import static dev.turnstone.scenario.PlantedDefect.SQLITE;

import java.util.List;
import java.util.stream.Stream;

/** Breaches of the rules that a project gives itself; all of them on what a step changes, however it is spelled. */
class PolicyDefects extends PlantedDefects {

    private static final String POLICIES = "policies";

    private static final String READERS = """
            # 1 up
            CREATE TABLE readers (id integer NOT NULL CONSTRAINT pk_readers PRIMARY KEY, email varchar(20), age integer);
            # 1 down
            DROP TABLE readers;
            """;

    @Override
    List<PlantedDefect> defects() {
        return Stream.of(takenAway(), refused(), ofPostgresql(), ofSqlite(), names(), ofHistory(), forbidden())
                .flatMap(List::stream)
                .toList();
    }

    private static PlantedDefect step(
            String name, List<String> dialects, String up, String down, String corrected, String... findings) {
        return PlantedDefect.of(
                        name,
                        dialects,
                        POLICIES,
                        READERS + "# 2 up\n" + up + "\n# 2 down\n" + down,
                        "# 2 up\n" + corrected,
                        findings)
                .inOwnFormat();
    }

    private static PlantedDefect under(String key, String value, PlantedDefect defect) {
        return defect.under((plain, isPlanted, directory) -> PlantedDefect.Circumstances.with(
                plain.options().with(plain.options().policies().with(key, value)), plain));
    }

    private static List<PlantedDefect> takenAway() {
        return List.of(
                step(
                        "table dropped",
                        BOTH,
                        "DROP TABLE readers;",
                        "CREATE TABLE readers (id integer CONSTRAINT pk_readers PRIMARY KEY, email varchar(20), age integer);",
                        "CREATE TABLE loans (id integer);",
                        "000002 not-additive table readers warning"),
                step(
                        "column dropped",
                        BOTH,
                        "ALTER TABLE readers DROP COLUMN email;",
                        "ALTER TABLE readers ADD COLUMN email varchar(20);",
                        "ALTER TABLE readers ADD COLUMN mail varchar(20);",
                        "000002 not-additive column readers.email warning"),
                step(
                        "column renamed",
                        BOTH,
                        "ALTER TABLE readers RENAME COLUMN email TO mail;",
                        "ALTER TABLE readers RENAME COLUMN mail TO email;",
                        "ALTER TABLE readers ADD COLUMN mail varchar(20);",
                        "000002 not-additive column readers.email warning"),
                step(
                        "table renamed",
                        BOTH,
                        "ALTER TABLE readers RENAME TO members;",
                        "ALTER TABLE members RENAME TO readers;",
                        "CREATE TABLE members (id integer);",
                        "000002 not-additive table readers warning",
                        "000002 misnamed primary-key members.pk_readers warning"),
                step(
                                "view dropped",
                                BOTH,
                                "DROP VIEW adults;",
                                "CREATE VIEW adults AS SELECT id FROM readers WHERE age > 17;",
                                "CREATE VIEW children AS SELECT id FROM readers WHERE age < 18;",
                                "000002 not-additive view adults warning")
                        .with("""
                        # 1 up
                        CREATE TABLE readers (id integer, age integer);
                        CREATE VIEW adults AS SELECT id FROM readers WHERE age > 17;
                        # 1 down
                        DROP VIEW adults;
                        DROP TABLE readers;
                        """));
    }

    private static List<PlantedDefect> refused() {
        return List.of(
                step(
                        "unique index on a column that was there",
                        BOTH,
                        "CREATE UNIQUE INDEX ix_readers_email ON readers (email);",
                        "DROP INDEX ix_readers_email;",
                        """
                        ALTER TABLE readers ADD COLUMN card varchar(20);
                        CREATE UNIQUE INDEX ix_readers_card ON readers (card);
                        """,
                        "000002 not-additive index ix_readers_email warning"),
                step(
                                "default dropped that INSERTs rely on",
                                POSTGRESQL,
                                "ALTER TABLE readers ALTER COLUMN age DROP DEFAULT;",
                                "ALTER TABLE readers ALTER COLUMN age SET DEFAULT 0;",
                                "ALTER TABLE readers ALTER COLUMN age SET DEFAULT 1;",
                                "000002 not-additive default readers.age warning")
                        .with("""
                        # 1 up
                        CREATE TABLE readers (id integer, age integer NOT NULL DEFAULT 0);
                        """));
    }

    private static List<PlantedDefect> ofPostgresql() {
        return List.of(
                step(
                        "column of another type",
                        POSTGRESQL,
                        "ALTER TABLE readers ALTER COLUMN age TYPE smallint;",
                        "ALTER TABLE readers ALTER COLUMN age TYPE integer;",
                        "ALTER TABLE readers ALTER COLUMN email TYPE varchar(40);",
                        "000002 not-additive column readers.age warning"),
                step(
                        "shorter text",
                        POSTGRESQL,
                        "ALTER TABLE readers ALTER COLUMN email TYPE varchar(10);",
                        "ALTER TABLE readers ALTER COLUMN email TYPE varchar(20);",
                        "ALTER TABLE readers ALTER COLUMN email TYPE text;",
                        "000002 not-additive column readers.email warning"),
                step(
                        "column that may be NULL no more",
                        POSTGRESQL,
                        "ALTER TABLE readers ALTER COLUMN age SET NOT NULL;",
                        "ALTER TABLE readers ALTER COLUMN age DROP NOT NULL;",
                        "ALTER TABLE readers ALTER COLUMN age SET DEFAULT 0;",
                        "000002 not-additive column readers.age warning"),
                step(
                        "new column that must be given",
                        POSTGRESQL,
                        "ALTER TABLE readers ADD COLUMN card integer NOT NULL;",
                        "ALTER TABLE readers DROP COLUMN card;",
                        "ALTER TABLE readers ADD COLUMN card integer NOT NULL DEFAULT 0;",
                        "000002 not-additive column readers.card warning"),
                step(
                        "check that refuses more",
                        POSTGRESQL,
                        "ALTER TABLE readers ADD CONSTRAINT ck_readers_age CHECK (age > 5);",
                        "ALTER TABLE readers DROP CONSTRAINT ck_readers_age;",
                        "ALTER TABLE readers ADD COLUMN page integer CONSTRAINT ck_readers_page CHECK (page > 5);",
                        "000002 not-additive check readers.ck_readers_age warning"),
                step(
                        "unique constraint on a column that was there",
                        POSTGRESQL,
                        "ALTER TABLE readers ADD CONSTRAINT uq_readers_email UNIQUE (email);",
                        "ALTER TABLE readers DROP CONSTRAINT uq_readers_email;",
                        "ALTER TABLE readers ADD COLUMN card text CONSTRAINT uq_readers_card UNIQUE;",
                        "000002 not-additive unique readers.uq_readers_email warning"),
                step(
                        "foreign key on a column that was there",
                        POSTGRESQL,
                        "ALTER TABLE readers ADD CONSTRAINT fk_readers_age_readers FOREIGN KEY (age) REFERENCES readers;",
                        "ALTER TABLE readers DROP CONSTRAINT fk_readers_age_readers;",
                        "ALTER TABLE readers ADD COLUMN boss integer CONSTRAINT fk_readers_boss_readers REFERENCES readers;",
                        "000002 not-additive foreign-key readers.fk_readers_age_readers warning"),
                step("enum value gone", POSTGRESQL, """
                        ALTER TABLE moods DROP COLUMN m;
                        DROP TYPE mood;
                        CREATE TYPE mood AS ENUM ('well');
                        ALTER TABLE moods ADD COLUMN m mood;
                        """, """
                        ALTER TABLE moods DROP COLUMN m;
                        DROP TYPE mood;
                        CREATE TYPE mood AS ENUM ('well', 'ill');
                        ALTER TABLE moods ADD COLUMN m mood;
                        """, """
                        ALTER TABLE moods DROP COLUMN m;
                        DROP TYPE mood;
                        CREATE TYPE mood AS ENUM ('well', 'ill', 'so, so');
                        ALTER TABLE moods ADD COLUMN m mood;
                        """, "000002 not-additive enum mood warning")
                        .with("""
                        # 1 up
                        CREATE TYPE mood AS ENUM ('well', 'ill');
                        CREATE TABLE moods (m mood);
                        # 1 down
                        DROP TABLE moods;
                        DROP TYPE mood;
                        """),
                step(
                                "function dropped",
                                POSTGRESQL,
                                "DROP FUNCTION one();",
                                "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';",
                                "CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 2 - 1';",
                                "000002 not-additive function one() warning")
                        .with("""
                        # 1 up
                        CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
                        # 1 down
                        DROP FUNCTION one();
                        """),
                step(
                        "column dropped in a DO block, where no text shows it",
                        POSTGRESQL,
                        "DO $$ BEGIN EXECUTE 'ALTER TABLE readers ' || 'DR' || 'OP COLUMN email'; END $$;",
                        "ALTER TABLE readers ADD COLUMN email varchar(20);",
                        "DO $$ BEGIN EXECUTE 'CREATE TABLE loans (id integer)'; RAISE DEBUG 'DROP COLUMN'; END $$;",
                        "000002 not-additive column readers.email warning"));
    }

    private static List<PlantedDefect> ofSqlite() {
        return List.of(step(
                "column lost by making the table anew",
                SQLITE,
                """
                CREATE TABLE anew (id integer NOT NULL CONSTRAINT pk_readers PRIMARY KEY, age integer);
                INSERT INTO anew SELECT id, age FROM readers;
                DROP TABLE readers;
                ALTER TABLE anew RENAME TO readers;
                """,
                """
                ALTER TABLE readers ADD COLUMN email varchar(20);
                """,
                """
                CREATE TABLE anew (id integer NOT NULL CONSTRAINT pk_readers PRIMARY KEY, email varchar(20), age integer, card text);
                INSERT INTO anew SELECT id, email, age, NULL FROM readers;
                DROP TABLE readers;
                ALTER TABLE anew RENAME TO readers;
                """,
                "000002 not-additive column readers.email warning"));
    }

    private static List<PlantedDefect> names() {
        return List.of(
                step(
                        "index named otherwise",
                        BOTH,
                        "CREATE INDEX by_age ON readers (age);",
                        "DROP INDEX by_age;",
                        "CREATE INDEX ix_readers_age ON readers (age);",
                        "000002 misnamed index by_age warning"),
                step(
                        "constraints named otherwise",
                        BOTH,
                        "CREATE TABLE loans (id integer CONSTRAINT the_key PRIMARY KEY, n integer CONSTRAINT n_ok CHECK (n > 0));",
                        "DROP TABLE loans;",
                        "CREATE TABLE loans (id integer PRIMARY KEY, n integer CONSTRAINT ck_loans_n CHECK (n > 0));",
                        "000002 misnamed primary-key loans.the_key warning",
                        "000002 misnamed check loans.n_ok warning"),
                under(
                        "names.index",
                        "idx_%(table_name)s_%(column_0_N_name)s",
                        step(
                                "index not named as the project wants",
                                BOTH,
                                "CREATE INDEX ix_readers_age ON readers (age, email);",
                                "DROP INDEX ix_readers_age;",
                                "CREATE INDEX idx_readers_age_email ON readers (age, email);",
                                "000002 misnamed index ix_readers_age warning")));
    }

    private static List<PlantedDefect> ofHistory() {
        PlantedDefect numbered = PlantedDefect.of(
                "file not named as the project wants",
                BOTH,
                POLICIES,
                READERS + "# 2 up\nSELECT 1;\n# 2 down\nSELECT 1;",
                "",
                "000001 file-misnamed revision 000001 warning",
                "000002 file-misnamed revision 000002 warning");
        return List.of(
                PlantedDefect.of(
                        "no downgrade, and none meant to be",
                        BOTH,
                        POLICIES,
                        READERS + "# 2 up\nCREATE TABLE loans (id integer);",
                        "# 2 down\nDROP TABLE loans;",
                        "000002 down-missing revision 000002 error|warning"),
                PlantedDefect.of(
                                "two heads of one history",
                                BOTH,
                                POLICIES,
                                READERS + """
                                # 2 up
                                CREATE TABLE loans (id integer);
                                # 2 down
                                DROP TABLE loans;
                                # 3 parents
                                000001
                                # 3 up
                                CREATE TABLE fines (id integer);
                                # 3 down
                                DROP TABLE fines;
                                """,
                                """
                                # 3 parents
                                000002
                                """,
                                "- several-heads revision 000002, 000003 error")
                        .inOwnFormat(),
                numbered.under((plain, isPlanted, directory) -> PlantedDefect.Circumstances.with(
                        plain.options()
                                .with(plain.options()
                                        .policies()
                                        .with("files", isPlanted ? "V\\d+__.*\\.sql" : "\\d+_.*step.*\\.sql")),
                        plain)));
    }

    private static List<PlantedDefect> forbidden() {
        return List.of(
                under(
                        "forbid",
                        "drop index, add trigger, change column type",
                        step(
                                        "forbidden drop of an index",
                                        BOTH,
                                        "DROP INDEX ix_readers_age;",
                                        "CREATE INDEX ix_readers_age ON readers (age);",
                                        "CREATE INDEX ix_readers_email ON readers (email);",
                                        "000002 forbidden index ix_readers_age error")
                                .with("""
                                # 1 up
                                CREATE TABLE readers (id integer, email text, age integer);
                                CREATE INDEX ix_readers_age ON readers (age);
                                """)),
                under(
                        "forbid",
                        "add foreign-key",
                        step(
                                "forbidden foreign key in a new table",
                                BOTH,
                                "CREATE TABLE loans (reader integer CONSTRAINT fk_loans_reader_readers REFERENCES readers (id));",
                                "DROP TABLE loans;",
                                "CREATE TABLE loans (reader integer);",
                                "000002 forbidden foreign-key loans.fk_loans_reader_readers error")),
                under(
                        "forbid",
                        "add column",
                        step(
                                "forbidden column in a table that was there",
                                BOTH,
                                "ALTER TABLE readers ADD COLUMN card text;",
                                "ALTER TABLE readers DROP COLUMN card;",
                                "CREATE TABLE cards (card text);",
                                "000002 forbidden column readers.card error")),
                under(
                        "forbid",
                        "change column storage, change column type",
                        step(
                                "forbidden change of a type",
                                POSTGRESQL,
                                "ALTER TABLE readers ALTER COLUMN email TYPE text;",
                                "ALTER TABLE readers ALTER COLUMN email TYPE varchar(20);",
                                "ALTER TABLE readers ALTER COLUMN age SET DEFAULT 1;",
                                "000002 forbidden column readers.email error")));
    }
}
