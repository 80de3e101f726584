package dev.turnstone.scenario.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.History;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.ScenarioBench;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.source.Format;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsSurviveTests {

    private static final History DROPS_A_COLUMN = History.of("""
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email varchar(120) NOT NULL, note text);
            # 1 down
            DROP TABLE readers;
            # 2 up
            ALTER TABLE readers DROP COLUMN note;
            # 2 down
            ALTER TABLE readers ADD COLUMN note text;
            """);

    private final ScenarioBench bench = new ScenarioBench();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void close() {
        bench.close();
    }

    private ScenarioContext context(History history, String dialect) {
        return bench.context(history.load(Format.TURNSTONE, directory), dialect, ScenarioOptions.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void whatIsDeclaredLossyIsListedWithItsReason(String dialect) {
        History declared = History.of("# 2 header\n-- lossy: nobody reads notes\n# 1 up\nSELECT 1;\n# 1 down\nSELECT 1;"
                        + "\n# 2 up\nSELECT 1;\n# 2 down\nSELECT 1;")
                .with(DROPS_A_COLUMN);
        List<Outcome> outcomes = bench.outcomes("rows", context(declared, dialect));
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes)).containsExactly("000002 Declared lossy: nobody reads notes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void theMessageNamesTheColumnTheValuesAndTheSeed(String dialect) {
        String message = bench.outcomes("rows", context(DROPS_A_COLUMN, dialect)).stream()
                .flatMap(outcome -> outcome.findings().stream())
                .map(Finding::message)
                .findFirst()
                .orElseThrow();
        assertThat(message).contains("column note of 4 rows", "note-", "is now NULL", "seed 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void timesThatAreOthersEachTimeAreNoFinding(String dialect) {
        String now = dialect.equals("sqlite") ? "strftime('%f')" : "clock_timestamp()::text";
        History history = History.of("""
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY, seen text);
                # 1 down
                DROP TABLE readers;
                # 2 up
                ALTER TABLE readers ADD COLUMN seen_before text;
                UPDATE readers SET seen_before = seen, seen = NOW;
                # 2 down
                UPDATE readers SET seen = seen_before;
                ALTER TABLE readers DROP COLUMN seen_before;
                """.replace("NOW", now));
        assertThat(bench.findings("rows", context(history, dialect))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void rowsThatPileUpBecauseNothingIsTakenBackAreFound(String dialect) {
        History history = History.of("""
                # 1 up
                CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
                # 1 keep
                nothing is lost with it
                # 2 up
                INSERT INTO readers (email) SELECT 'copy' FROM readers WHERE id = 1;
                # 2 keep
                nothing is lost with it
                """.replace(
                        "id integer PRIMARY KEY",
                        dialect.equals("sqlite") ? "id integer PRIMARY KEY" : "id serial PRIMARY KEY"));
        assertThat(bench.findings("rows", context(history, dialect)))
                .containsExactly("000002 rows-added row readers error");
    }

    @Test
    void anUpgradeThatFailsWithoutRowsTooIsNotBlamedOnThem() {
        History history = DROPS_A_COLUMN.with("# 2 up\nALTER TABLE writers DROP COLUMN note;");
        assertThat(bench.findings("rows", context(history, "sqlite")))
                .containsExactly("000002 up-fails revision 000002 error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void valuesThatOnlyMatchAcrossTablesAreTriedBeforeAnUpgradeIsCalledImpossible(String dialect) {
        History history = History.of("""
                # 1 up
                CREATE TABLE pools (id integer PRIMARY KEY, protocol varchar(40), connector varchar(40));
                CREATE TABLE accounts (id integer PRIMARY KEY, pool_protocol varchar(40));
                # 1 down
                DROP TABLE accounts;
                DROP TABLE pools;
                # 2 up
                CREATE TABLE new_accounts (id integer PRIMARY KEY, connector varchar(40) NOT NULL);
                INSERT INTO new_accounts
                  SELECT a.id, (SELECT p.connector FROM pools p WHERE p.protocol = a.pool_protocol) FROM accounts a;
                # 2 down
                DROP TABLE new_accounts;
                """);
        assertThat(bench.findings("rows", context(history, dialect)))
                .containsExactly("000002 assumes-data revision 000002 warning");
    }
}
