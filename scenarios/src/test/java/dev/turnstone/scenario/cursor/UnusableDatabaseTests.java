package dev.turnstone.scenario.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.History;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioBench;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.scenario.TimeOutException;
import dev.turnstone.source.ClassSource;
import dev.turnstone.source.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories that damage or block their database: each run ends, and says so of a revision. */
@Timeout(120)
class UnusableDatabaseTests {

    private static final String FOR_EVER = "(WITH RECURSIVE n (i) AS"
            + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900000000000) SELECT count(*) FROM n)";

    @TempDir
    private Path directory = Path.of("");

    private final ScenarioBench bench = new ScenarioBench();

    @AfterEach
    void dropAll() {
        bench.close();
    }

    private ScenarioContext context(String up, Duration timeout) {
        return bench.context(
                History.of("""
                        # 1 up
                        CREATE TABLE readers (id integer PRIMARY KEY, name text);
                        # 1 down
                        DROP TABLE readers;
                        # 2 up
                        %s
                        # 2 down
                        SELECT 1;
                        # 3 up
                        CREATE TABLE loans (id integer PRIMARY KEY);
                        # 3 down
                        DROP TABLE loans;
                        """.formatted(up)).load(Format.TURNSTONE, directory),
                "sqlite",
                ScenarioOptions.DEFAULT.withTimeout(timeout));
    }

    static Stream<Arguments> damage() {
        return Stream.of(
                        "DELETE FROM sqlite_schema;",
                        "UPDATE sqlite_schema SET sql = 'CREATE TABLE readers (nonsense (((' WHERE name = 'readers';",
                        "UPDATE sqlite_schema SET rootpage = 999 WHERE name = 'readers';",
                        "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'readers';\nPRAGMA writable_schema = RESET;")
                .flatMap(sql -> Scenario.all().stream()
                        .filter(scenario -> !List.of("policies", "locks").contains(scenario.name()))
                        .map(scenario -> Arguments.of(scenario.name(), "PRAGMA writable_schema = ON;\n" + sql)));
    }

    @ParameterizedTest
    @MethodSource("damage")
    void aDamagedSchemaEndsNoRun(String scenario, String damage) {
        ScenarioContext context = context(damage, Duration.ofSeconds(5));
        boolean spans = Scenario.named(scenario).orElseThrow().spansDialects();
        if (spans) {
            // Dialects are compared where the other one has the same tables.
            context = context.beside(bench.context(
                    History.of("# 1 up\nCREATE TABLE readers (id integer PRIMARY KEY, name text);\n# 1 down\nSELECT 1;")
                            .load(Format.TURNSTONE, directory.resolve("postgresql")),
                    "postgresql",
                    ScenarioOptions.DEFAULT));
        }
        List<Outcome> outcomes = bench.outcomes(scenario, context);
        assertThat(outcomes).isNotEmpty();
        boolean goneSilently = damage.contains("DELETE");
        if (!goneSilently) {
            assertThat(outcomes.stream().flatMap(outcome -> outcome.findings().stream()))
                    .anySatisfy(finding -> {
                        assertThat(finding.findingClass()).isEqualTo(FindingClass.UP_FAILS);
                        assertThat(finding.message())
                                .containsAnyOf("malformed", "SQLITE_CORRUPT", "Cannot read the definition");
                    });
        }
    }

    /** Writes something else over its own database. */
    @RevisionHeader(id = "a")
    public static final class Overwrites implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.execute("CREATE TABLE readers (id integer PRIMARY KEY)");
            op.withConnection(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet databases = statement.executeQuery("PRAGMA database_list")) {
                    databases.next();
                    Files.writeString(Path.of(databases.getString("file")), "no database ".repeat(2000));
                } catch (IOException e) {
                    throw new SQLException(e);
                }
            });
        }

        @Override
        public void downgrade(Operations op) {
            op.execute("DROP TABLE readers");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up-down-up", "idempotent-rerun", "rows", "crash"})
    void aFileThatIsNoDatabaseAnyMoreIsAFinding(String scenario) {
        ScenarioContext context = bench.context(
                dev.turnstone.source.Scripts.load(List.of(ClassSource.of(Overwrites.class))),
                "sqlite",
                ScenarioOptions.DEFAULT.withTimeout(Duration.ofSeconds(5)));
        assertThat(bench.outcomes(scenario, context).stream().flatMap(outcome -> outcome.findings().stream()))
                .anySatisfy(finding -> assertThat(finding.message()).containsAnyOf("SQLITE_NOTADB", "SQLITE_CORRUPT"));
    }

    @Test
    void fillingATableWhoseTriggerDoesNotEndIsCut() {
        ScenarioContext context = context(
                "CREATE TRIGGER endless AFTER INSERT ON readers BEGIN UPDATE readers SET name = " + FOR_EVER + "; END;",
                Duration.ofMillis(500));
        List<Finding> findings = bench.outcomes("rows", context).stream()
                .flatMap(outcome -> outcome.findings().stream())
                .toList();
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.findingClass()).isEqualTo(FindingClass.TIME_OUT);
            assertThat(finding.message()).contains("INSERT INTO", "after 10 s");
        });
    }

    @ParameterizedTest
    @CsvSource({"LOCK TABLE readers IN ACCESS EXCLUSIVE MODE", "LOCK TABLE pg_class IN ACCESS EXCLUSIVE MODE"})
    void aReadBehindALockThatASessionKeepsIsCutOnPostgresql(String lock) throws SQLException {
        ScenarioContext context = bench.context(
                History.of("# 1 up\nCREATE TABLE readers (id integer PRIMARY KEY);\n# 1 down\nDROP TABLE readers;")
                        .load(Format.TURNSTONE, directory),
                "postgresql",
                ScenarioOptions.DEFAULT.withTimeout(Duration.ofMillis(500)));
        try (MigrationCursor walk = new MigrationCursor(context)) {
            walk.moveTo(1);
            try (Connection holder = walk.databaseForOthers().dataSource().getConnection();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute(lock);
                assertThatExceptionOfType(TimeOutException.class).isThrownBy(walk::state);
                holder.rollback();
            }
            walk.databaseForOthers();
            assertThat(walk.state().schema().tables()).isNotEmpty();
        }
    }

    /** Goes from one statement to the next and never ends. */
    @RevisionHeader(id = "a")
    public static final class GoesOn implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.withConnection(connection -> {
                try (Statement statement = connection.createStatement()) {
                    while (true) {
                        statement.execute("SELECT 1");
                    }
                }
            });
        }

        @Override
        public void downgrade(Operations op) {
            op.execute("SELECT 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void aLoopOfShortStatementsIsCut(String dialect) {
        ScenarioContext context = bench.context(
                dev.turnstone.source.Scripts.load(List.of(ClassSource.of(GoesOn.class))),
                dialect,
                ScenarioOptions.DEFAULT.withTimeout(Duration.ofMillis(500)));
        assertThat(bench.outcomes("fresh-install", context).get(0).findings())
                .anySatisfy(finding -> assertThat(finding.findingClass()).isEqualTo(FindingClass.TIME_OUT));
    }
}
