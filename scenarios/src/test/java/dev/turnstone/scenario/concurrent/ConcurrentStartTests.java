package dev.turnstone.scenario.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.FaultyTool;
import dev.turnstone.scenario.History;
import dev.turnstone.scenario.HistoryPlace;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.PlantedDefect;
import dev.turnstone.scenario.ScenarioBench;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.source.Format;
import dev.turnstone.tool.BundledEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine on real databases, which starts well with others, and with a fault in its {@code upgrade}, which does not. */
@Tag("zoo")
class ConcurrentStartTests {

    private static final String READERS = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email text);
            # 1 down
            DROP TABLE readers;
            # 2 up
            INSERT INTO readers VALUES (1, 'a'), (2, 'b');
            # 2 down
            DELETE FROM readers;
            # 3 up
            CREATE INDEX ix_readers_email ON readers (email);
            # 3 down
            DROP INDEX ix_readers_email;
            """;

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
        System.out.println("zoo, ConcurrentStartTests: " + checked + " planted defects checked");
        assertThat(checked).isPositive();
    }

    private ScenarioContext sound(String dialect) {
        checked++;
        Path home = directory.resolve(dialect);
        ScenarioContext context =
                bench.context(History.of(READERS).load(Format.GOLANG_MIGRATE, home), dialect, ScenarioOptions.DEFAULT);
        return new ScenarioContext(
                new BundledEngine(
                        History.of(READERS).load(Format.GOLANG_MIGRATE, home),
                        new HistoryPlace(List.of(home.toString()), Format.GOLANG_MIGRATE, Map.of())),
                context.dialect(),
                context.databases(),
                ScenarioOptions.DEFAULT);
    }

    /** The sound tool, but for its {@code upgrade}. */
    private ScenarioContext faulty(String dialect, Duration timeout, FaultyTool.Fault upgrade) {
        ScenarioContext context = sound(dialect);
        return FaultyTool.in(
                PlantedDefect.Circumstances.with(ScenarioOptions.DEFAULT.withTimeout(timeout), context),
                "upgrade",
                upgrade);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void threads_and_processes_that_lock_run_each_revision_once(String dialect) {
        List<Outcome> outcomes = bench.outcomes("concurrent-start", sound(dialect));
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.stream().flatMap(outcome -> outcome.findings().stream()))
                .isEmpty();
        assertThat(ScenarioBench.skipped(outcomes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void what_the_user_wants_before_the_history_is_in_nobodys_way(String dialect) {
        ScenarioOptions options = new ScenarioOptions(
                null,
                null,
                name -> new SqlText("CREATE TABLE cities (id integer);", Location.of("before.sql")),
                ScenarioOptions.IdempotentBodies.BY_FORMAT);
        List<Outcome> outcomes =
                bench.outcomes("concurrent-start", PlantedDefect.Circumstances.with(options, sound(dialect)));
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_tool_that_forgets_what_is_applied_applies_it_twice(String dialect) {
        RevisionId second = RevisionId.of("000003");
        List<Outcome> outcomes =
                bench.outcomes("concurrent-start", faulty(dialect, Duration.ofSeconds(60), (real, revisions) -> {
                    real.upgrade("heads");
                    synchronized (ConcurrentStartTests.class) {
                        real.runBody(second, Direction.DOWNGRADE);
                        return real.runBody(second, Direction.UPGRADE);
                    }
                }));
        assertThat(ScenarioBench.inShort(outcomes)).containsExactly("000003 applied-twice revision 000003 error");
        assertThat(ScenarioBench.skipped(outcomes)).singleElement().asString().contains("Another process");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_tool_without_a_lock_fails(String dialect) {
        List<Outcome> outcomes = bench.outcomes(
                "concurrent-start",
                faulty(
                        dialect,
                        Duration.ofSeconds(60),
                        (real, revisions) -> real.runBody(revisions.get(0).id(), Direction.UPGRADE)));
        assertThat(ScenarioBench.inShort(outcomes)).containsExactly("- start-failed revision head 000003 error");
        assertThat(outcomes.get(0).findings().get(0).message()).contains("6 threads", "CREATE TABLE readers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void starts_that_wait_for_each_other_are_cut(String dialect) {
        CountDownLatch never = new CountDownLatch(1);
        List<Outcome> outcomes =
                bench.outcomes("concurrent-start", faulty(dialect, Duration.ofMillis(1500), (real, revisions) -> {
                    never.await();
                    return List.of();
                }));
        assertThat(ScenarioBench.inShort(outcomes)).containsExactly("- deadlock revision head 000003 error");
        assertThat(outcomes.get(0).findings().get(0).message()).contains("6 still wait");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("turnstone-start") && thread.isAlive());
    }
}
