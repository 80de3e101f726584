package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.scenario.cursor.LockWaits;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.source.Format;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Revisions that hang, each with a twin that does not. */
@Tag("zoo")
class TimeOutTests {

    private static final String COUNTING =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) SELECT count(*) FROM n";
    private static final String FOR_EVER = "900000000000";

    private static int checked;

    @TempDir
    Path directory = Path.of("");

    private final ScenarioBench bench = new ScenarioBench();

    @AfterEach
    void dropAll() {
        bench.close();
    }

    @AfterAll
    static void countTheCases() {
        System.out.println("zoo, TimeOutTests: " + checked + " planted defects checked");
        assertThat(checked).isPositive();
    }

    private static String hanging(String up, String down) {
        return """
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY);
                # 1 down
                DROP TABLE readers;
                # 2 up
                %s;
                ALTER TABLE readers ADD COLUMN email text;
                # 2 down
                %s;
                ALTER TABLE readers DROP COLUMN email;
                # 3 up
                CREATE TABLE loans (id integer PRIMARY KEY);
                # 3 down
                DROP TABLE loans;
                """.formatted(up, down);
    }

    private ScenarioContext context(String history, String dialect, Duration timeout) {
        checked++;
        return bench.context(
                History.of(history).load(Format.GOLANG_MIGRATE, directory.resolve(dialect + checked)),
                dialect,
                ScenarioOptions.DEFAULT.withTimeout(timeout));
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite, fresh-install",
        "sqlite, up-down-up",
        "sqlite, idempotent-rerun",
        "sqlite, offline",
        "postgresql, fresh-install",
        "postgresql, up-down-up",
        "postgresql, idempotent-rerun",
        "postgresql, offline"
    })
    void a_hanging_upgrade_is_cut_and_the_others_are_looked_at(String dialect, String scenario) {
        String planted = hanging(COUNTING.formatted(FOR_EVER), "SELECT 1");
        List<Outcome> outcomes = bench.outcomes(scenario, context(planted, dialect, Duration.ofMillis(800)));
        List<Finding> cut = outcomes.stream()
                .flatMap(outcome -> outcome.findings().stream())
                .filter(finding -> finding.findingClass() == FindingClass.TIME_OUT)
                .toList();
        assertThat(cut).hasSize(1).allSatisfy(finding -> {
            assertThat(String.valueOf(finding.revision())).isEqualTo("000002");
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("000002", "RECURSIVE", "after 800 ms");
            assertThat(finding.remedy()).contains("--timeout");
        });
        assertThat(ScenarioBench.inShort(outcomes)).noneMatch(f -> f.contains("up-fails"));
    }

    @Test
    void on_postgresql_it_is_told_who_holds_what_is_waited_for() throws Exception {
        List<Connection> holders = new ArrayList<>();
        ScenarioContext context = context(
                hanging("SELECT pg_advisory_xact_lock(20261121)", "SELECT 1"), "postgresql", Duration.ofMillis(800));
        ScenarioContext held = new ScenarioContext(
                context.tool(),
                context.dialect(),
                context.databases(),
                context.options(),
                null,
                database -> holders.add(holdLock(database)));
        try {
            List<Outcome> outcomes = bench.outcomes("fresh-install", held);
            Finding finding = outcomes.get(0).findings().get(0);
            assertThat(finding.findingClass()).isEqualTo(FindingClass.TIME_OUT);
            assertThat(finding.message())
                    .contains("pg_advisory_xact_lock(20261121)", "waits for ExclusiveLock", "holds; that one is idle")
                    .contains("'SELECT pg_advisory_lock(20261121)'");
        } finally {
            for (Connection holder : holders) {
                holder.close();
            }
        }
    }

    /** Holds an advisory lock of the database, which is the scope of such a lock. */
    private static Connection holdLock(TestDatabase database) {
        try {
            Connection holder = database.dataSource().getConnection();
            try (Statement statement = holder.createStatement()) {
                statement.execute("SELECT pg_advisory_lock(20261121)");
            }
            return holder;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void nothing_goes_on_after_a_cut(String dialect) throws Exception {
        ScenarioContext context =
                context(hanging(COUNTING.formatted(FOR_EVER), "SELECT 1"), dialect, Duration.ofMillis(800));
        try (MigrationCursor walk = new MigrationCursor(context)) {
            walk.moveTo(1);
            assertThat(walk.up(context.tool().graph().revisions().get(1).id()).failure())
                    .isInstanceOf(TimeOutException.class);
            assertThat(LockWaits.on(walk.database())).isEmpty();
            try (Connection connection = walk.database().dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                // A lock that the cut revision had kept would refuse this.
                statement.execute("DROP TABLE readers");
            }
        }
    }
}
