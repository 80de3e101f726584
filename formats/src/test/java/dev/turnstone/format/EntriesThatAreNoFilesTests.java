package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.UnreadableSourceException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What has the name of a revision's file and is none is refused in each format, and never opened. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no named pipes in directories")
class EntriesThatAreNoFilesTests {

    private static final String UP = "CREATE TABLE t (id integer);\n";

    /** A valid file of each format, and the name of the second one. */
    private static final Map<Format, List<String>> FILES = Map.of(
            Format.TURNSTONE, List.of("a1.sql", "-- revision: a1\n-- upgrade\n" + UP, "b2.sql"),
            Format.DBMATE, List.of("01_a.sql", "-- migrate:up\n" + UP + "-- migrate:down\n", "02_b.sql"),
            Format.GOOSE, List.of("01_a.sql", "-- +goose Up\n" + UP, "02_b.sql"),
            Format.SQL_MIGRATE, List.of("01_a.sql", "-- +migrate Up\n" + UP, "02_b.sql"),
            Format.GOLANG_MIGRATE, List.of("01_a.up.sql", UP, "02_b.up.sql"),
            Format.SQLX, List.of("01_a.sql", UP, "02_b.sql"),
            Format.DIESEL, List.of("2024-01-01-000000_a/up.sql", UP, "2024-01-02-000000_b/up.sql"),
            Format.FLYWAY, List.of("V1__a.sql", UP, "V2__b.sql"),
            Format.LIQUIBASE, List.of("a.sql", "--liquibase formatted sql\n--changeset me:1\n" + UP, "b.sql"),
            Format.PAIRS, List.of("V01.a.up.sql", UP, "V02.b.up.sql"));

    private enum Entry {
        LINK_TO_NOTHING("a link to a file that does not exist") {
            @Override
            void make(Path path) throws IOException {
                Files.createSymbolicLink(path, Path.of("gone.txt"));
            }
        },
        DIRECTORY("a directory") {
            @Override
            void make(Path path) throws IOException {
                Files.createDirectory(path);
            }
        },
        PIPE("a named pipe") {
            @Override
            void make(Path path) throws IOException, InterruptedException {
                assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                        .isZero();
            }
        },
        DEVICE("a device") {
            @Override
            void make(Path path) throws IOException {
                Files.createSymbolicLink(path, Path.of("/dev/zero"));
            }
        };

        private final String words;

        Entry(String words) {
            this.words = words;
        }

        abstract void make(Path path) throws IOException, InterruptedException;
    }

    @TempDir
    Path directory = Path.of("");

    private static Stream<Arguments> formatsAndEntries() {
        return Stream.of(Format.values())
                .flatMap(format -> Stream.of(Entry.values()).map(entry -> Arguments.of(format, entry)));
    }

    private Path first(Format format) throws IOException {
        List<String> file = Objects.requireNonNull(FILES.get(format));
        Path first = directory.resolve(file.get(0));
        Files.createDirectories(first.getParent());
        return Files.writeString(first, file.get(1));
    }

    private Path second(Format format) throws IOException {
        Path second =
                directory.resolve(Objects.requireNonNull(FILES.get(format)).get(2));
        Files.createDirectories(second.getParent());
        return second;
    }

    private List<MigrationScript> load(Format format) {
        return Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> MigrationFiles.in(directory, format, Map.of()).load());
    }

    @ParameterizedTest
    @MethodSource("formatsAndEntries")
    void each_format_refuses_it(Format format, Entry entry) throws IOException, InterruptedException {
        first(format);
        Path second = second(format);
        entry.make(second);
        Throwable thrown = catchThrowableOfType(Throwable.class, () -> load(format));
        assertThat(thrown)
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessageContaining(second.getFileName().toString())
                .hasMessageContaining(entry.words);
    }

    @ParameterizedTest
    @MethodSource("formatsAndEntries")
    void detection_does_not_open_it(Format format, Entry entry) throws IOException, InterruptedException {
        first(format);
        entry.make(second(format));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Throwable thrown = catchThrowableOfType(
                    Throwable.class, () -> FormatDetection.of(directory).dialect());
            assertThat(thrown).satisfiesAnyOf(none -> assertThat(none).isNull(), refused -> assertThat(refused)
                    .isInstanceOf(UnreadableSourceException.class));
        });
    }

    @ParameterizedTest
    @MethodSource("formatsAndEntries")
    void what_is_not_named_as_a_revision_is_passed_over(Format format, Entry entry)
            throws IOException, InterruptedException {
        first(format);
        entry.make(directory.resolve("notes.txt"));
        assertThat(load(format)).hasSize(1);
    }

    @Test
    void a_link_to_a_file_and_a_directory_that_holds_revisions_are_read() throws IOException {
        first(Format.TURNSTONE);
        Path elsewhere = Files.writeString(directory.resolve("b2.txt"), """
                -- revision: b2
                -- parents: a1
                -- upgrade
                """);
        Files.createSymbolicLink(directory.resolve("b2.sql"), elsewhere);
        Path folder = Files.createDirectory(directory.resolve("more.sql"));
        Files.writeString(folder.resolve("c3.sql"), "-- revision: c3\n-- parents: b2\n-- upgrade\n");
        assertThat(load(Format.TURNSTONE)).hasSize(3);
    }

    @Test
    void a_file_beside_those_of_a_tool_that_the_tool_does_not_read_is_passed_over() throws IOException {
        first(Format.GOLANG_MIGRATE);
        Files.createSymbolicLink(directory.resolve("dump.sql"), Path.of("gone.sql"));
        assertThat(load(Format.GOLANG_MIGRATE)).hasSize(1);
    }

    @Test
    void settings_beside_a_revision_are_no_exception() throws IOException {
        first(Format.DIESEL);
        Files.createDirectory(directory.resolve("2024-01-01-000000_a/metadata.toml"));
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> load(Format.DIESEL))
                .withMessageContaining("metadata.toml")
                .withMessageContaining("a directory");
    }

    @Test
    void a_file_beyond_the_bound_is_refused_before_it_is_read() throws IOException {
        first(Format.FLYWAY);
        try (RandomAccessFile large = new RandomAccessFile(second(Format.FLYWAY).toFile(), "rw")) {
            large.setLength(3L * 1024 * 1024 * 1024);
        }
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> load(Format.FLYWAY))
                .withMessageContaining("V2__b.sql")
                .withMessageContaining("3221225472 bytes");
    }
}
