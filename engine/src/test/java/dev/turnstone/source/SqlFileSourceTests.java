package dev.turnstone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlFileSourceTests {

    private final Path directory;

    SqlFileSourceTests(@TempDir Path directory) {
        this.directory = directory;
    }

    private void write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void all_revision_files_are_read_in_the_order_of_their_paths() throws IOException {
        write("20240502_1200_b_x.sql", "-- revision: b\n-- upgrade\n");
        write("20240501_1200_a_x.sql", "-- revision: a\n-- upgrade\n");
        write("later/c.SQL", "-- revision: c\n-- upgrade\n");
        write("schema.sql", "CREATE TABLE a (x);");
        write("notes.txt", "-- revision: x");

        assertThat(SqlFileSource.of(directory).load())
                .extracting(script -> script.revision().origin())
                .containsExactly("20240501_1200_a_x.sql", "20240502_1200_b_x.sql", "later/c.SQL");
    }

    @Test
    void a_file_named_after_another_revision_is_refused() throws IOException {
        write("x/20240501_1200_a_x.sql", "\n-- revision: b\n-- upgrade\n");

        assertThatThrownBy(() -> SqlFileSource.of(directory).load())
                .isInstanceOf(MisnamedRevisionFileException.class)
                .hasMessage("x/20240501_1200_a_x.sql:2:1: The header has revision 'b', but the file name "
                        + "x/20240501_1200_a_x.sql has 'a' (the template is {date}_{time}_{revision}_{slug}). Rename the "
                        + "file, or correct the header.");
    }

    @Test
    void file_names_can_follow_another_template() throws IOException {
        write("a_x.sql", "-- revision: b\n-- upgrade\n");
        SqlFileSource source = SqlFileSource.of(directory);

        assertThat(source.load()).hasSize(1);
        assertThatThrownBy(() -> source.withFileNames(FileNameTemplate.parse("{revision}_{slug}"))
                        .load())
                .hasMessageContaining("the file name a_x.sql has 'a' (the template is {revision}_{slug})");
    }

    @Test
    void a_missing_directory_is_named() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> SqlFileSource.of(missing).load())
                .isInstanceOf(SourceNotFoundException.class)
                .hasMessage("There is no directory " + missing
                        + ". Create it, or give the directory that contains the revisions.");
    }

    @Test
    void a_directory_describes_itself_by_its_path() {
        assertThat(SqlFileSource.of(Path.of("db", "migrations")).describe())
                .isEqualTo(Path.of("db", "migrations").toString());
    }
}
