package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.source.Format;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the looks at single changes miss, the full read at the end finds: a run never passes on what was not seen. */
class ContradictionTests {

    private static final History READERS = History.of("""
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email text);
            # 1 down
            DROP TABLE readers;
            # 2 up
            CREATE TABLE loans (id integer PRIMARY KEY);
            # 2 down
            DROP TABLE loans;
            """);

    private static final String SILENCE = "ALTER EVENT TRIGGER turnstone_watch_made DISABLE;"
            + " ALTER EVENT TRIGGER turnstone_watch_dropped DISABLE";
    private static final String TRACE = "CREATE INDEX IF NOT EXISTS trace ON readers (email)";
    private static final String LISTEN = "ALTER EVENT TRIGGER turnstone_watch_made ENABLE ALWAYS;"
            + " ALTER EVENT TRIGGER turnstone_watch_dropped ENABLE ALWAYS";

    @TempDir
    Path directory = Path.of("");

    private final ScenarioBench bench = new ScenarioBench();

    @AfterEach
    void dropAll() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_tracker_that_sees_nothing_is_contradicted(String dialect) {
        MigrationCursor walk = walk(dialect, true);
        assertThat(walk.contradiction())
                .contains("What was read step by step from ")
                .contains(" is not what is there")
                .contains("readers");
        assertThatThrownBy(walk::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a mistake in Turnstone, not in the migrations")
                .hasMessageContaining("readers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_tracker_that_sees_all_is_not_contradicted(String dialect) {
        MigrationCursor walk = walk(dialect, false);
        assertThat(walk.contradiction()).isNull();
        walk.close();
    }

    /** Past the first revision, and looked at before and after. */
    private MigrationCursor walk(String dialect, boolean deaf) {
        ScenarioContext context = sound(dialect);
        TestDatabase database = bench.databases().create(Dialects.named(dialect), Isolation.SCHEMA);
        MigrationCursor walk = MigrationCursor.from(context, deaf ? deaf(database) : database, 0);
        assertThat(walk.state().schema().tables()).isEmpty();
        Revision first = walk.revisions().get(0);
        assertThat(walk.up(first.id()).failure()).isNull();
        assertThat(walk.state().schema().tables()).hasSize(deaf ? 0 : 1);
        return walk;
    }

    @Test
    void what_no_event_trigger_told_is_found_in_the_end() {
        List<Outcome> outcomes = bench.outcomes("up-down-up", leavingTrace(SILENCE + ";" + TRACE + ";" + LISTEN, true));
        assertThat(outcomes).hasSize(3);
        assertThat(ScenarioBench.inShort(outcomes.subList(0, 2)))
                .as("the look was blind")
                .isEmpty();
        assertThat(ScenarioBench.inShort(outcomes)).contains("000002 leftover index trace error");
        assertThat(ScenarioBench.skipped(outcomes)).anyMatch(s -> s.contains("a mistake in Turnstone"));
    }

    @Test
    void what_an_event_trigger_told_is_found_at_once() {
        List<Outcome> outcomes = bench.outcomes("up-down-up", leavingTrace(TRACE, true));
        assertThat(ScenarioBench.inShort(outcomes.subList(0, 2))).containsExactly("000002 leftover index trace error");
        assertThat(ScenarioBench.skipped(outcomes)).noneMatch(s -> s.contains("a mistake in Turnstone"));
    }

    @Test
    void a_single_check_that_was_blind_fails_when_its_run_is_closed() {
        ScenarioContext context = leavingTrace(SILENCE + ";" + TRACE + ";" + LISTEN, true);
        ScenarioRun run = Scenario.named("up-down-up").orElseThrow().on(context);
        assertThat(run.checks().get(1).run().findings()).isEmpty();
        assertThatThrownBy(run::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a mistake in Turnstone")
                .hasMessageContaining("trace");
    }

    /** Only the reads in full say what the history does; somebody else's change is told, and not held against it. */
    @Test
    void a_change_of_somebody_else_is_told() {
        List<Outcome> outcomes =
                bench.outcomes("up-down-up", leavingTrace(SILENCE + ";" + TRACE + ";" + LISTEN, false));
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes))
                .singleElement()
                .asString()
                .startsWith("- Reading only what changed was given up")
                .contains("trace");
    }

    private ScenarioContext sound(String dialect) {
        return bench.context(
                READERS.load(Format.GOLANG_MIGRATE, directory.resolve(dialect)), dialect, ScenarioOptions.DEFAULT);
    }

    /** @param always whether each downgrade of the last revision runs {@code sql} too, or only the very first */
    private ScenarioContext leavingTrace(String sql, boolean always) {
        ScenarioContext context = sound("postgresql");
        RevisionId last = context.tool().graph().heads().iterator().next();
        boolean[] planted = {false};
        MigrationTool tool = wrapped(MigrationTool.class, context.tool(), (method, arguments, result) -> {
            if (!method.equals("on")) {
                return result;
            }
            TestDatabase database = (TestDatabase) arguments[0];
            return wrapped(ToolSession.class, (ToolSession) result, (command, ids, statements) -> {
                if (command.equals("downgradeOne") && ids[0].equals(last) && (always || !planted[0])) {
                    planted[0] = true;
                    execute(database, sql);
                }
                return statements;
            });
        });
        return new ScenarioContext(tool, context.dialect(), context.databases(), context.options());
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A database whose tracker reads once, and then never again unless it is told to forget. */
    private static TestDatabase deaf(TestDatabase database) {
        AtomicReference<Object> first = new AtomicReference<>();
        Replaced reading = (question, arguments, answer) -> {
            if (!question.startsWith("read")) {
                return answer;
            }
            first.compareAndSet(null, answer);
            return Objects.requireNonNull(first.get());
        };
        return wrapped(
                TestDatabase.class,
                database,
                (method, none, result) -> method.equals("track")
                        ? wrapped(SchemaTracker.class, (SchemaTracker) result, reading)
                        : result);
    }

    /** What a method gives instead of its result. */
    private interface Replaced {
        Object by(String method, Object[] arguments, Object result) throws SQLException;
    }

    private static <T> T wrapped(Class<T> type, T real, Replaced replaced) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return replaced.by(method.getName(), arguments, method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
