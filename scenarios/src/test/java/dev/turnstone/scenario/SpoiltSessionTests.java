package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.source.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A revision that spoils the connection it runs on fails, and no other one does; the run goes on. */
class SpoiltSessionTests {

    @TempDir
    Path directory = Path.of("");

    private final ScenarioBench bench = new ScenarioBench();

    @AfterEach
    void dropAll() {
        bench.close();
    }

    private static Stream<Arguments> cases() {
        return Stream.of(
                        List.of("postgresql", "SET ROLE pg_monitor"),
                        List.of("postgresql", "SET SESSION AUTHORIZATION pg_monitor"),
                        List.of("postgresql", "SET TRANSACTION READ ONLY"),
                        List.of("postgresql", "SELECT pg_terminate_backend(pg_backend_pid())"),
                        List.of("postgresql", "DROP TABLE turnstone_version"),
                        List.of("sqlite", "PRAGMA query_only = ON"),
                        List.of("sqlite", "DROP TABLE turnstone_version"))
                .flatMap(spoilt -> Stream.of("fresh-install", "up-down-up", "idempotent-rerun", "rows")
                        .map(scenario -> Arguments.of(scenario, spoilt.get(0), spoilt.get(1))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAFindingOfItsRevision(String scenario, String dialect, String spoiling) {
        String history = """
                # 1 up
                CREATE TABLE IF NOT EXISTS readers (id integer PRIMARY KEY);
                # 1 down
                DROP TABLE IF EXISTS readers;
                # 2 up
                %s;
                # 2 down
                SELECT 1;
                # 3 up
                CREATE TABLE IF NOT EXISTS loans (id integer PRIMARY KEY);
                # 3 down
                SELECT 1;
                """.formatted(spoiling);
        ScenarioContext context = bench.context(
                History.of(history).load(Format.GOLANG_MIGRATE, directory), dialect, ScenarioOptions.DEFAULT);

        List<String> found = bench.findings(scenario, context);

        assertThat(found).contains("000002 up-fails revision 000002 error");
        if (scenario.equals("up-down-up")) {
            assertThat(found).contains("000003 leftover table loans error");
        } else {
            assertThat(found).containsExactly("000002 up-fails revision 000002 error");
        }
    }
}
