package dev.turnstone.scenario.locks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.History;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.ScenarioBench;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.source.ClassSource;
import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksTests {

    private static final History CHANGES_A_TYPE = History.of("""
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, age integer);
            # 1 down
            DROP TABLE readers;
            # 2 up
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE readers ALTER COLUMN age TYPE bigint;
            # 2 down
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE readers ALTER COLUMN age TYPE integer;
            """);

    private final ScenarioBench bench = new ScenarioBench();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void close() {
        bench.close();
    }

    private ScenarioContext context(History history, Format format, String dialect) {
        return bench.context(history.load(format, directory), dialect, ScenarioOptions.DEFAULT);
    }

    private List<Outcome> outcomes(History history) {
        return bench.outcomes("locks", context(history, Format.TURNSTONE, "postgresql"));
    }

    private List<String> findings(String history) {
        return ScenarioBench.inShort(outcomes(History.of(history)));
    }

    @Test
    void theFindingSaysWhichStatementHoldsWhichLockForWhomAndWhatToDoInstead() {
        List<Finding> findings = outcomes(CHANGES_A_TYPE).stream()
                .flatMap(outcome -> outcome.findings().stream())
                .toList();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).message())
                .containsPattern("(?s)Revision 000002 .*writes table readers anew .* on PostgreSQL:"
                        + "\n  upgrade: ALTER TABLE readers ALTER COLUMN age TYPE bigint"
                        + "\n    writes it anew under ACCESS EXCLUSIVE; readers and writers wait \\(\\d+ ms here\\)"
                        + "\n  downgrade: ALTER TABLE readers ALTER COLUMN age TYPE integer"
                        + "\n    writes it anew under ACCESS EXCLUSIVE; readers and writers wait \\(\\d+ ms here\\)");
        assertThat(findings.get(0).remedy())
                .contains("Add a column of the new type", "in batches", "'-- locks: REASON'");
    }

    @Test
    void whatIsDeclaredIsListedWithItsReason() {
        List<Outcome> outcomes = outcomes(
                History.of("# 2 header\n-- locks: the table has ten rows\n# 1 up\nSELECT 1;\n# 1 down\nSELECT 1;"
                                + "\n# 2 up\nSELECT 1;\n# 2 down\nSELECT 1;")
                        .with(CHANGES_A_TYPE));
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes))
                .containsExactly("000002 Declared to lock (rewrites-table table readers): the table has ten rows");
    }

    @Test
    void aReasonThatNothingNeedsIsNotListed() {
        List<Outcome> outcomes = outcomes(History.of("""
                # 1 header
                -- locks: it might
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY);
                # 1 down
                DROP TABLE readers;
                """));
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes)).isEmpty();
    }

    @Test
    void aCommentIsAReasonInFilesOfOtherToolsToo() {
        History commented = CHANGES_A_TYPE.with("""
                # 2 up
                -- locks: the table has ten rows
                ALTER TABLE readers ALTER COLUMN age TYPE bigint;
                """);
        List<Outcome> outcomes = bench.outcomes("locks", context(commented, Format.GOLANG_MIGRATE, "postgresql"));
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes)).hasSize(1).allSatisfy(skipped -> assertThat(skipped)
                .contains("rewrites-table", "the table has ten rows"));
    }

    @Test
    void statementsThatOtherToolsCommitOneByOneAreLookedAtTheSameWay() {
        History history = CHANGES_A_TYPE.with("""
                # 2 up
                SET lock_timeout = '2s';
                ALTER TABLE readers ALTER COLUMN age TYPE bigint;
                # 2 down
                SET lock_timeout = '2s';
                ALTER TABLE readers ALTER COLUMN age TYPE integer;
                """);
        assertThat(ScenarioBench.inShort(
                        bench.outcomes("locks", context(history, Format.GOLANG_MIGRATE, "postgresql"))))
                .containsExactly("000002 rewrites-table table readers warning");
    }

    /** A Java revision's way to say why. */
    @RevisionHeader(id = "b", parents = "a", locks = "the table has ten rows")
    public static final class ChangesAType implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.execute("ALTER TABLE readers ALTER COLUMN age TYPE bigint");
        }

        @Override
        public void downgrade(Operations op) {
            op.execute("ALTER TABLE readers ALTER COLUMN age TYPE integer");
        }
    }

    /** What it changes. */
    @RevisionHeader(id = "a")
    public static final class MakesReaders implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.execute("CREATE TABLE readers (id integer PRIMARY KEY, age integer)");
        }

        @Override
        public void downgrade(Operations op) {
            op.execute("DROP TABLE readers");
        }
    }

    @Test
    void anAnnotationHoldsTheReasonOfAJavaRevision() {
        Scripts scripts = Scripts.load(List.of(ClassSource.of(MakesReaders.class, ChangesAType.class)));
        List<Outcome> outcomes = bench.outcomes("locks", bench.context(scripts, "postgresql", ScenarioOptions.DEFAULT));
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes))
                .containsExactly("b Declared to lock (rewrites-table table readers): the table has ten rows");
    }

    @Test
    void aTableOfTheSameRevisionIsNoHazard() {
        assertThat(findings("""
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY, age integer);
                INSERT INTO readers VALUES (1, 2);
                ALTER TABLE readers ALTER COLUMN age TYPE bigint;
                ALTER TABLE readers ALTER COLUMN age SET NOT NULL;
                CREATE INDEX ix_readers_age ON readers (age);
                UPDATE readers SET age = 3;
                CREATE MATERIALIZED VIEW ages AS SELECT age FROM readers;
                REFRESH MATERIALIZED VIEW ages;
                # 1 down
                DROP MATERIALIZED VIEW ages;
                DROP TABLE readers;
                """)).isEmpty();
    }

    @Test
    void aLockTimeoutOfTheToolIsInForceAndHelpsAgainstNothingElse() {
        History history = CHANGES_A_TYPE.with("""
                # 2 up
                ALTER TABLE readers ADD COLUMN name text;
                # 2 down
                ALTER TABLE readers DROP COLUMN name;
                # 3 up
                ALTER TABLE readers ALTER COLUMN age TYPE bigint;
                # 3 irreversible
                for now
                """);
        assertThat(ScenarioBench.inShort(outcomes(history)))
                .containsExactly(
                        "000002 blocks-readers table readers warning", "000003 rewrites-table table readers warning");
        ScenarioContext limited = bench.context(
                history.load(Format.TURNSTONE, directory.resolve("limited")),
                "postgresql",
                ScenarioOptions.DEFAULT.withLockTimeout(Duration.ofSeconds(2)));
        assertThat(ScenarioBench.inShort(bench.outcomes("locks", limited)))
                .containsExactly("000003 rewrites-table table readers warning");
    }

    @Test
    void sqliteIsSkippedWithTheReason() {
        List<Outcome> outcomes = bench.outcomes("locks", context(CHANGES_A_TYPE, Format.TURNSTONE, "sqlite"));
        assertThat(outcomes).hasSize(1).allMatch(Outcome::isSkipped);
        assertThat(ScenarioBench.skipped(outcomes)).singleElement().asString().contains("SQLite", "PostgreSQL");
    }

    @Test
    void anUpgradeThatFailsOnRowsIsLookedAtOnEmptyTables() {
        List<Outcome> outcomes = outcomes(History.of("""
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY);
                # 1 down
                DROP TABLE readers;
                # 2 up
                SET LOCAL lock_timeout = '2s';
                ALTER TABLE readers ADD COLUMN age integer NOT NULL;
                CREATE INDEX ix_readers_age ON readers (age);
                # 2 down
                SET LOCAL lock_timeout = '2s';
                ALTER TABLE readers DROP COLUMN age;
                # 3 up
                ALTER TABLE readers ALTER COLUMN age DROP NOT NULL;
                # 3 irreversible
                for now
                """));
        assertThat(ScenarioBench.inShort(outcomes))
                .containsExactly(
                        "000002 scans-table table readers warning",
                        "000002 blocks-readers table readers warning",
                        "000003 blocks-readers table readers warning");
        assertThat(ScenarioBench.skipped(outcomes))
                .singleElement()
                .asString()
                .startsWith("000002 It fails on all rows");
    }

    @Test
    void anUpgradeThatFailsIsAFindingAndTheNextRevisionIsLookedAt() {
        assertThat(findings("""
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY);
                # 1 down
                DROP TABLE readers;
                # 2 up
                ALTER TABLE members ADD COLUMN age integer;
                # 2 down
                SELECT 1;
                # 3 up
                ALTER TABLE readers ADD COLUMN age integer;
                # 3 irreversible
                for now
                """))
                .containsExactly(
                        "000002 up-fails revision 000002 error", "000003 blocks-readers table readers warning");
    }

    @Test
    void aStatementThatNoTransactionCanHoldShowsWhatItWaitsFor() {
        List<Outcome> outcomes = outcomes(History.of("""
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY, age integer);
                # 1 down
                DROP TABLE readers;
                # 2 header
                -- no transaction
                # 2 up
                VACUUM FULL readers;
                # 2 irreversible
                for now
                """));
        assertThat(outcomes.stream().flatMap(outcome -> outcome.findings().stream()))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("VACUUM FULL readers", "under ACCESS EXCLUSIVE; readers and writers wait");
    }

    @Test
    void aTransactionOfTheAuthorIsLookedAtAsAWhole() {
        assertThat(findings("""
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY, age integer);
                # 1 down
                DROP TABLE readers;
                # 2 header
                -- no transaction
                # 2 up
                BEGIN;
                SET LOCAL lock_timeout = '2s';
                ALTER TABLE readers ADD COLUMN name text;
                UPDATE readers SET name = 'a';
                COMMIT;
                BEGIN;
                ALTER TABLE readers ADD COLUMN first_name text;
                ROLLBACK;
                # 2 irreversible
                for now
                """)).containsExactly("000002 scans-table table readers warning");
    }

    @Test
    void aHistoryInTwoSchemasIsNamedWithItsSchemas() {
        List<Outcome> outcomes = outcomes(History.of("""
                # 1 up
                CREATE SCHEMA club;
                CREATE TABLE club."Old Readers" (id integer PRIMARY KEY, age integer);
                CREATE TABLE public.readers (id integer PRIMARY KEY);
                # 1 irreversible
                for now
                # 2 up
                SET LOCAL lock_timeout = '2s';
                ALTER TABLE club."Old Readers" ALTER COLUMN age TYPE bigint;
                # 2 irreversible
                for now
                """));
        assertThat(outcomes.stream().flatMap(outcome -> outcome.findings().stream()))
                .singleElement()
                .extracting(finding -> finding.object().toString())
                .isEqualTo("table club.Old Readers");
    }
}
