package dev.turnstone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionSourcesTests {

    private static RevisionSource parse(String location) {
        return RevisionSources.parse(location, RevisionSourcesTests.class.getClassLoader());
    }

    @ParameterizedTest
    @CsvSource({
        "classpath:db/migrations, classpath:db/migrations",
        "classpath:/db/migrations/, classpath:db/migrations",
        "file:db/migrations, db/migrations",
        "file:///srv/migrations, /srv/migrations",
        "file:/srv/my%20migrations, /srv/my migrations",
        "file:/srv/my migrations, /srv/my migrations",
        "db/migrations, db/migrations",
        "' /srv/migrations ', /srv/migrations"
    })
    void a_location_is_on_the_class_path_or_in_the_file_system(String location, String description) {
        String expected = location.startsWith("classpath")
                ? description
                : Path.of(description).toString();

        assertThat(parse(location).describe()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "classpath:", "classpath:/", "file:", "file://host/x"})
    void an_empty_location_is_refused(String location) {
        assertThatThrownBy(() -> parse(location))
                .isInstanceOf(SourceNotFoundException.class)
                .hasMessage("'" + location
                        + "' is not a location of revisions. Write classpath:FOLDER, file:PATH or a path.");
    }

    @Test
    void another_scheme_is_refused() {
        assertThatThrownBy(() -> parse("s3://bucket/x"))
                .isInstanceOf(SourceNotFoundException.class)
                .hasMessage(
                        "'s3://bucket/x' begins with 's3:', which is not a location of revisions. Write classpath:FOLDER, "
                                + "file:PATH or a path.");
    }
}
