package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify --seed}. */
class SeedTests {

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void emailsBecomeUnique() throws IOException {
        write("000001_readers.up.sql", "CREATE TABLE readers (id integer PRIMARY KEY, email text NOT NULL);");
        write("000001_readers.down.sql", "DROP TABLE readers;");
        write("000002_unique.up.sql", "CREATE UNIQUE INDEX ux_readers_email ON readers (lower(email));");
        write("000002_unique.down.sql", "DROP INDEX ux_readers_email;");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text + "\n");
    }

    private CommandLineRun verify(String... seeds) {
        List<String> arguments = new ArrayList<>(
                List.of("verify", directory.toString(), "--dialect", "sqlite", "--scenario", "rows", "--json"));
        for (String seed : seeds) {
            arguments.addAll(List.of("--seed", seed));
        }
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void rowsThatAnUpgradeFailsOnAreAFinding() throws IOException {
        Path rows = write("readers.csv", "id,email\n1,Ada@x\n2,ada@x");
        CommandLineRun run = verify("000001=" + rows);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("up-fails-on-rows", "rows of your own", "000002");
    }

    @Test
    void otherRowsAreNone() throws IOException {
        Path rows = write("rows.sql", "INSERT INTO readers VALUES (1, 'a'), (2, 'b');");
        CommandLineRun run = verify("000001=" + rows, "000002=" + write("readers.csv", "id,email\n3,c"));
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void aRowThatIsRefusedNamesItsConstraintFileAndLine() throws IOException {
        CommandLineRun run = verify("000001=" + write("readers.csv", "id,email\n1,a\n2,"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).contains("\"error\"", "row 2", "readers.csv:3", "not null readers.email", "email=NULL");
    }

    @Test
    void aProjectKeepsThemWithItsOtherSettings() throws IOException {
        write("readers.csv", "id,email\n1,Ada@x\n2,ada@x");
        Path file = write("turnstone.toml", "[verify.seed]\n000001 = [\"readers.csv\"]");
        CommandLineRun run = CommandLineRun.of(
                "verify",
                directory.toString(),
                "--dialect",
                "sqlite",
                "--scenario",
                "rows",
                "--config",
                file.toString());
        assertThat(run.out()).contains("up-fails-on-rows");
        Files.writeString(file, "[verify.seed]\n000001 = 7\n");
        assertThat(CommandLineRun.of("verify", directory.toString(), "--config", file.toString())
                        .err())
                .contains("'seed' is a file for each revision");
    }

    @Test
    void whatIsNoSeedIsRefused() throws IOException {
        assertThat(verify("readers.csv").out()).contains("--seed must be REVISION=FILE", "'readers.csv'");
        assertThat(verify("000009=" + write("readers.csv", "id,email")).out())
                .contains("names a revision that does not exist: '000009'");
        assertThat(verify("000001=none.sql").out()).contains("There is no file none.sql");
        assertThat(verify("000001=readers.json").out()).contains("readers.json", ".csv");
        assertThat(List.of(verify("x").status(), verify("000001=none.sql").status()))
                .containsOnly(2);
    }
}
