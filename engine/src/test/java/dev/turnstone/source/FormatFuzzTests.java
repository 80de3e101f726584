package dev.turnstone.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.StatementSplitter;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.Direction;
import dev.turnstone.testing.FuzzedInputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mutated files for the reader of each format, and mutated text for what replaces placeholders. */
@Tag("fuzz")
class FormatFuzzTests {

    /** Before the name of a file in an input; the lines after it are the file's. */
    private static final String FILE = "\u0001";

    @TempDir
    private static Path directory = Path.of("");

    @ParameterizedTest
    @EnumSource
    void files_of_each_format(Format format) {
        new FuzzedInputs("the reader of " + format.label(), corpus(format), 400)
                .feedTo(TurnstoneException.class, input -> {
                    Path history = directory.resolve(format.label());
                    write(history, input);
                    try {
                        read(history, format);
                    } finally {
                        delete(history);
                    }
                });
    }

    @Test
    void placeholders() {
        List<String> corpus =
                List.of("SELECT '${a}', ${flyway:filename}, $A ${A} ${A:-x} ${B-y};\n$$ ${a\n} $", "${", "$A$B${A}");
        new FuzzedInputs("placeholders", corpus, 3_000).feedTo(TurnstoneException.class, text -> {
            SqlText sql = new SqlText(text, new Location("V1__a.sql", 1, 1));
            Map<String, String> given = Map.of("a", "b", "A", "$B");
            new LiquibaseHistory(given).replaceIn(sql);
            new EnvironmentVariables(Map.of(), Map.of("A", "${B}", "B", ""))
                    .replaceIn("${A:-" + text + "}", sql.start());
            new FlywayPlaceholders(given).replaceIn(sql);
        });
    }

    private static void read(Path history, Format format) {
        for (MigrationScript script :
                RevisionSources.in(history, format, Map.of()).load()) {
            for (String dialect : List.of("sqlite", "postgresql")) {
                script.downgrade(dialect);
                if (script.migration() instanceof PlannedSql planned) {
                    for (Direction direction : Direction.values()) {
                        planned.inTransaction(direction, dialect).forEach(sql -> split(dialect, sql));
                    }
                }
            }
        }
        FormatDetection detection = FormatDetection.of(history);
        detection.dialect();
        detection.describe();
    }

    private static void split(String dialect, SqlText sql) {
        try {
            (dialect.equals("sqlite") ? StatementSplitter.forSqlite() : StatementSplitter.forPostgresql()).split(sql);
        } catch (TurnstoneException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    /** The cases of the format's table, or of the files for our own; each is one input. */
    private static List<String> corpus(Format format) {
        List<String> corpus = new ArrayList<>();
        String name = format == Format.TURNSTONE ? "fuzz/turnstone.txt" : "formats/" + format.label() + ".txt";
        try (InputStream in = FormatFuzzTests.class.getResourceAsStream(name)) {
            StringBuilder input = new StringBuilder();
            for (String line : new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("## ") && !input.isEmpty()) {
                    corpus.add(input.toString());
                    input.setLength(0);
                } else if (line.startsWith("file ")) {
                    input.append(FILE).append(line.substring(5)).append('\n');
                } else if (line.startsWith("|")) {
                    input.append(line.substring(Math.min(2, line.length()))).append('\n');
                }
            }
            corpus.add(input.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return corpus;
    }

    /** The character U+0002 becomes a byte that is not UTF-8; a file that is named twice gets the text of both. */
    private static void write(Path history, String input) {
        try {
            Files.createDirectories(history);
            for (String file : input.split(FILE, -1)) {
                int lineEnd = file.indexOf('\n');
                String name = file.substring(0, Math.max(0, lineEnd)).replaceAll("[\\x00-\\x1f\ud800-\udfff]", "");
                String safe = name.replaceAll("(?<![^/])\\.+(?![^/])", "_").replaceAll("^/+", "");
                Path path = history.resolve(safe.length() > 100 ? safe.substring(0, 100) : safe);
                Path parent = Objects.requireNonNull(path.getParent());
                if (!safe.isEmpty() && !safe.endsWith("/") && !Files.isDirectory(path) && isDirectoryOrAbsent(parent)) {
                    Files.createDirectories(parent);
                    byte[] bytes = file.substring(lineEnd + 1).getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < bytes.length; i++) {
                        if (bytes[i] == '\u0002') {
                            bytes[i] = (byte) 0xff;
                        }
                    }
                    Files.write(path, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isDirectoryOrAbsent(Path path) {
        return Files.isDirectory(path)
                || (Files.notExists(path) && isDirectoryOrAbsent(Objects.requireNonNull(path.getParent())));
    }

    private static void delete(Path history) {
        try (Stream<Path> files = Files.walk(history)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
