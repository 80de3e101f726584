package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.source.Format;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts and runs of our own format, whose guards ask the database. */
class OfflineScenarioTests {

    private static final ScenarioOptions WITH_LEGACY = new ScenarioOptions(
            null,
            null,
            dialect -> new SqlText("CREATE TABLE legacy (id integer PRIMARY KEY);", Location.of("before.sql")),
            ScenarioOptions.IdempotentBodies.BY_FORMAT);

    @TempDir
    Path directory = Path.of("");

    private final ScenarioBench bench = new ScenarioBench();

    @AfterEach
    void dropAll() {
        bench.close();
    }

    private List<Outcome> outcomes(String history, String dialect, ScenarioOptions options) {
        return bench.outcomes(
                "offline", bench.context(History.of(history).load(Format.TURNSTONE, directory), dialect, options));
    }

    private static final String GUARDED = """
            # 1 up
            -- unless table legacy
            CREATE TABLE legacy (id integer PRIMARY KEY);
            -- end
            # 1 down
            SELECT 1;
            """;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_guard_about_what_no_revision_made_is_answered_otherwise_in_a_script(String dialect) {
        List<Outcome> outcomes = outcomes(GUARDED, dialect, WITH_LEGACY);
        assertThat(ScenarioBench.inShort(outcomes)).first().isEqualTo("000001 script-differs revision 000001 error");
        assertThat(outcomes.get(0).findings().get(0).message())
                .contains("The script of the upgrade of revision 000001 fails", "CREATE TABLE legacy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void the_same_guard_is_answered_alike_where_revisions_made_all(String dialect) {
        List<Outcome> outcomes = outcomes(GUARDED, dialect, ScenarioOptions.DEFAULT);
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void what_only_the_database_knows_needs_a_connection(String dialect) {
        List<Outcome> outcomes = outcomes("""
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY);
                # 1 down
                DROP TABLE readers;
                # 2 up
                CREATE TABLE copied AS SELECT 1 AS a;
                -- if column copied.a
                DROP TABLE copied;
                -- end
                # 2 down
                SELECT 1;
                # 3 up
                ALTER TABLE readers ADD COLUMN email text;
                # 3 down
                ALTER TABLE readers DROP COLUMN email;
                """, dialect, ScenarioOptions.DEFAULT);
        assertThat(ScenarioBench.inShort(outcomes)).containsExactly("000002 needs-connection revision 000002 info");
        assertThat(ScenarioBench.skipped(outcomes))
                .singleElement()
                .asString()
                .startsWith("- There is no script of the whole history");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void rows_that_hold_the_time_are_no_difference(String dialect) {
        String now = dialect.equals("sqlite") ? "strftime('%f', 'now') || random()" : "clock_timestamp()";
        List<Outcome> outcomes = outcomes("""
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY, made text);
                # 1 down
                DROP TABLE readers;
                # 2 up
                INSERT INTO readers VALUES (1, %s);
                # 2 down
                DELETE FROM readers;
                """.formatted(now), dialect, ScenarioOptions.DEFAULT);
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
    }

    @Test
    void rows_that_a_revision_copies_in_are_in_its_script() {
        List<Outcome> outcomes = outcomes("""
                # 1 up
                CREATE TABLE readers (id integer PRIMARY KEY, name text);
                COPY readers FROM stdin;
                1	it's; so
                2	\\N
                \\.
                UPDATE readers SET name = 'nobody' WHERE name IS NULL;
                # 1 down
                DROP TABLE readers;
                """, "postgresql", ScenarioOptions.DEFAULT);
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(ScenarioBench.skipped(outcomes)).isEmpty();
    }
}
