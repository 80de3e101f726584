package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.revision.Direction;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.source.Format;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine on real databases, with one fault: its {@code upgrade} runs the last revision again, applied or not. */
class ForgetfulToolTests {

    private static final History READERS = History.of("""
            # 1 up
            CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY, email text);
            # 1 down
            DROP TABLE IF EXISTS readers;
            """);

    @TempDir
    Path directory = Path.of("");

    private final ScenarioBench bench = new ScenarioBench();

    @AfterEach
    void dropAll() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void head_that_runs_again_is_found(String dialect) {
        assertThat(bench.findings("idempotent-rerun", forgetful(sound(dialect))))
                .singleElement()
                .asString()
                .startsWith("- head-not-noop revision ")
                .endsWith(" error");
        assertThat(bench.findings("idempotent-rerun", sound(dialect))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_stamped_database_that_is_not_left_alone_is_found(String dialect) {
        assertThat(bench.findings("stamp-then-noop", forgetful(sound(dialect))))
                .isNotEmpty()
                .allMatch(f -> f.startsWith("- not-a-noop revision ") && f.endsWith(" error"));
        assertThat(bench.findings("stamp-then-noop", sound(dialect))).isEmpty();
    }

    private ScenarioContext sound(String dialect) {
        return bench.context(
                READERS.load(Format.TURNSTONE, directory.resolve(dialect)), dialect, ScenarioOptions.DEFAULT);
    }

    private static ScenarioContext forgetful(ScenarioContext context) {
        MigrationTool tool = context.tool();
        RevisionId last = tool.graph().heads().iterator().next();
        Replaced<MigrationTool> on =
                (real, name, arguments, result) -> name.equals("on") ? forgetful((ToolSession) result, last) : result;
        return new ScenarioContext(
                wrapped(MigrationTool.class, tool, on), context.dialect(), context.databases(), context.options());
    }

    private static ToolSession forgetful(ToolSession session, RevisionId last) {
        Replaced<ToolSession> upgrade = (real, name, arguments, result) ->
                name.equals("upgrade") ? real.runBody(last, Direction.UPGRADE) : result;
        return wrapped(ToolSession.class, session, upgrade);
    }

    /** What a method gives instead of its result. */
    private interface Replaced<T> {
        Object by(T real, String method, Object[] arguments, Object result);
    }

    private static <T> T wrapped(Class<T> type, T real, Replaced<T> replaced) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return replaced.by(real, method.getName(), arguments, method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
