package dev.turnstone.cli;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.testing.FuzzedInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutated {@code turnstone.toml}: each file is understood or refused with a message. */
@Tag("fuzz")
class ConfigurationFuzzTests {

    @TempDir
    private static Path directory = Path.of("");

    @Test
    void files() {
        List<String> corpus = List.of(
                """
                url = "sqlite:///a.db"
                locations = ["revisions", "classpath:db"] # two
                allow-non-empty = false
                lock-attempts = 3
                lock-timeout = "5s"
                file-name-template = "{date}_{revision}_{slug}"
                transaction = "per-revision"
                [policies]
                down-missing = "error"
                files = "[0-9]+_.*[.]sql"
                [policies.names]
                index = "ix_%(table_name)s_%(column_0_label)s"
                [verify]
                min-downgrade = "a1"
                skip = { b2 = "no \\u00e9" }
                [verify.seed]
                c3 = ["jobs.csv"]
                [cross-dialect]
                strictness = "strict"
                [cross-dialect.except]
                "index idx_*_trgm" = "only there"
                """,
                "a.b.'c d' = 1979-05-27T07:32:00Z\nx = [[1, 2], [0x_ff, 1e9, inf, nan]]\n",
                "s = '''\na'''\nt = \"\"\"\\\n  b\"\"\"\n[[u]]\nv = {w = 1}\n");
        new FuzzedInputs("turnstone.toml", corpus, 2_000).feedTo(TurnstoneException.class, text -> {
            Path file = directory.resolve("turnstone.toml");
            try {
                Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            ConfigurationFile.project(file);
        });
    }
}
