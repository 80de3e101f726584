package dev.turnstone.execution.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.history.VersionTable;
import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.Operations;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.TransactionMode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A script that rebuilds a table, run by an installed {@code sqlite3}. */
@Tag("clients")
class RebuildScriptClientTests {

    private static final AtomicInteger CHECKED = new AtomicInteger();

    private static final Table PARENTS = Table.of(
            "parents",
            List.of(
                    Column.of("id", ColumnType.integer()),
                    Column.of("gone", ColumnType.integer()),
                    PrimaryKey.of("id")));

    /** The table contains one row that already violates its foreign key. */
    private static final String BEFORE = """
            CREATE TABLE parents (id INTEGER, gone INTEGER, PRIMARY KEY (id));
            CREATE TABLE children (parent INTEGER REFERENCES parents (id) ON DELETE CASCADE);
            INSERT INTO parents VALUES (1, 10), (2, 20);
            INSERT INTO children VALUES (1), (2), (9);
            """;

    @TempDir
    Path directory = Path.of("");

    private record Output(int status, String text) {}

    @AfterAll
    static void printNumberOfChecks() {
        System.out.println("clients: " + CHECKED + " scripts with a rebuild were run by sqlite3");
    }

    @BeforeEach
    void requireClient() {
        boolean there = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "sqlite3")));
        if (Boolean.getBoolean("turnstone.lanes.required")) {
            assertThat(there).as("sqlite3 is required by the lane 'clients'").isTrue();
        }
        assumeTrue(there, "The lane 'clients' is skipped: sqlite3 is not installed.");
    }

    @ParameterizedTest
    @CsvSource({"PER_REVISION, ON", "PER_REVISION, OFF", "NONE, ON", "NONE, OFF"})
    void noDeleteCascadesAndTheScriptReportsThatForeignKeysAreOff(TransactionMode mode, String setting)
            throws Exception {
        sqlite3(BEFORE);
        String script = script(mode, op -> {});
        assertThat(script).endsWith("""
                COMMIT;

                -- PRAGMA foreign_keys is OFF now, which is the default of sqlite3. In a session that had it ON, run: \
                PRAGMA foreign_keys=ON;
                """);

        Output output = sqlite3("PRAGMA foreign_keys=" + setting + ";\n" + script + """
                SELECT * FROM parents;
                SELECT count(*) FROM children;
                PRAGMA foreign_keys;
                SELECT name FROM sqlite_temp_master;
                """);

        assertThat(output.status).as(output.text + script).isZero();
        assertThat(output.text.lines()).containsExactly("1", "2", "3", "0");
        CHECKED.incrementAndGet();
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionMode.class,
            names = {"PER_REVISION", "NONE"})
    void rowsThatWouldViolateAForeignKeyEndTheScriptBeforeItsCommit(TransactionMode mode) throws Exception {
        sqlite3(BEFORE);
        // In a revision without a transaction the rebuild has its own, in which only the rebuild can remove a parent
        // row.
        String script = mode == TransactionMode.PER_REVISION
                ? script(mode, op -> op.execute("DELETE FROM parents WHERE id = 2"))
                : script(mode, op -> {}).replace("SELECT \"id\" FROM", "SELECT \"id\" + 1 FROM");

        Output output = sqlite3(script);

        assertThat(output.status).as(output.text + script).isNotZero();
        assertThat(output.text).contains("rows refer to nothing: see PRAGMA foreign_key_check");
        assertThat(sqlite3("SELECT * FROM parents; SELECT count(*) FROM children;")
                        .text
                        .lines())
                .containsExactly("1|10", "2|20", "3");
        CHECKED.incrementAndGet();
    }

    private static String script(TransactionMode mode, Consumer<Operations> more) {
        Migration migration = op -> {
            op.batchAlterTable(
                    "parents",
                    t -> t.dropColumn("gone").recreate(Recreate.ALWAYS).copyFrom(PARENTS));
            more.accept(op);
        };
        Scripts scripts = Scripts.of(List.of(new MigrationScript(
                Revision.of(RevisionId.of("a1"), List.of(), "", "one revision"),
                migration,
                dialect -> new Downgrade.Defined(),
                mode,
                null,
                Format.TURNSTONE)));
        return OfflineScript.upgrade(
                        scripts, new VersionTable(Dialects.named("sqlite"), "", VersionTable.DEFAULT_NAME), "head")
                .text();
    }

    private Output sqlite3(String input) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("input.sql"), input);
        Process process = new ProcessBuilder(
                        "sqlite3", directory.resolve("a.db").toString())
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }
}
