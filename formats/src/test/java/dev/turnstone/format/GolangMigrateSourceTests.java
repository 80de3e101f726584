package dev.turnstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.turnstone.revision.Direction;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.RecordedOperations;
import dev.turnstone.source.SourceNotFoundException;
import dev.turnstone.source.TransactionMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GolangMigrateSourceTests {

    private final Path directory;

    GolangMigrateSourceTests(@TempDir Path directory) {
        this.directory = directory;
    }

    private List<MigrationScript> load(String... files) throws IOException {
        for (String file : files) {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file + ";\r\n-- upgrade\n");
        }
        return GolangMigrateSource.of(directory).load();
    }

    @Test
    void files_are_one_line_of_revisions_in_the_order_of_their_numbers() throws IOException {
        List<MigrationScript> scripts = load(
                "10_c.up.sql",
                "000009_add_priority.up.sql",
                "000009_add_priority.down.sql",
                "2_.up.sql",
                "2_.down.sql");

        assertThat(scripts)
                .extracting(
                        script -> script.id().value(),
                        script -> script.revision().parents().toString(),
                        script -> script.revision().message(),
                        script -> script.revision().origin())
                .containsExactly(
                        tuple("2", "[]", "", "2_.up.sql"),
                        tuple("000009", "[2]", "add_priority", "000009_add_priority.up.sql"),
                        tuple("10", "[000009]", "c", "10_c.up.sql"));
        assertThat(scripts).allSatisfy(script -> {
            assertThat(script.format()).isEqualTo(Format.GOLANG_MIGRATE);
            assertThat(script.transaction(Direction.UPGRADE, "sqlite")).isEqualTo(TransactionMode.AS_WRITTEN);
            assertThat(script.rerunExempt()).isNull();
        });
    }

    @Test
    void a_file_runs_as_a_whole_and_exactly_as_it_is() throws IOException {
        MigrationScript script = load("1_a.up.sql", "1_a.down.sql").get(0);
        RecordedOperations up = new RecordedOperations("postgresql");
        RecordedOperations down = new RecordedOperations("sqlite");
        script.migration().upgrade(up);
        script.migration().downgrade(down);

        assertThat(up.log()).containsExactly("1: 1_a.up.sql;\r -- upgrade");
        assertThat(down.log()).containsExactly("1: 1_a.down.sql;\r -- upgrade");
        assertThat(script.downgrade("sqlite")).isEqualTo(new Downgrade.Defined());
    }

    @Test
    void a_missing_file_does_nothing_in_its_direction() throws IOException {
        List<MigrationScript> scripts = load("1_a.up.sql", "2_b.down.sql");
        RecordedOperations op = new RecordedOperations("postgresql");
        scripts.get(0).migration().downgrade(op);
        scripts.get(1).migration().upgrade(op);

        assertThat(op.log()).isEmpty();
        assertThat(scripts)
                .extracting(script -> script.downgrade("postgresql"))
                .containsExactly(new Downgrade.Missing(), new Downgrade.Defined());
        assertThat(scripts.get(1).revision().origin()).isEqualTo("2_b.down.sql");
    }

    @Test
    void other_files_are_ignored() throws IOException {
        assertThat(load(
                        "1_a.up.txt",
                        "a_1.up.sql",
                        "1a.up.sql",
                        "1_a.sql",
                        "-1_a.up.sql",
                        "18446744073709551616_a.up.sql",
                        "sub/1_a.up.sql"))
                .isEmpty();
        assertThat(load("18446744073709551615_a.up.sql")).hasSize(1);
    }

    @Test
    void two_files_of_one_number_and_direction_are_refused() {
        assertThatThrownBy(() -> load("001_a.up.sql", "1_b.up.sql"))
                .isInstanceOf(DuplicateVersionException.class)
                .hasMessage(
                        "In " + directory + ", 001_a.up.sql and 1_b.up.sql are both the up file of version 1 (leading "
                                + "zeros do not count). Give one of them another number.");
    }

    @Test
    void numbers_with_other_leading_zeros_pair_up() throws IOException {
        assertThat(load("1_a.up.sql", "001_a.down.sql"))
                .extracting(script -> script.id().value())
                .containsExactly("1");
    }

    @Test
    void a_missing_directory_is_named() {
        assertThatThrownBy(() -> GolangMigrateSource.of(directory.resolve("x")).load())
                .isInstanceOf(SourceNotFoundException.class);
    }
}
