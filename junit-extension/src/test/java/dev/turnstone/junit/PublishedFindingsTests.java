package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.junit.Launch.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.opentest4j.AssertionFailedError;

class PublishedFindingsTests {

    @MigrationTest(locations = "classpath:cases/defect", dialects = "sqlite")
    static class DefectTestCase implements MigrationScenarios {}

    private static List<AssertionFailedError> failures(Ran ran) {
        return ran.results()
                .testEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .map(AssertionFailedError.class::cast)
                .toList();
    }

    @Test
    void aFailureHasWhatWasExpectedAndWhatWasThere() {
        assertThat(failures(Launch.onServer().run(DefectTestCase.class)))
                .filteredOn(AssertionFailedError::isActualDefined)
                .isNotEmpty()
                .anySatisfy(failure -> {
                    assertThat(failure.getMessage()).contains("leftover", "ix_customer_email");
                    assertThat(failure.getExpected().getStringRepresentation()).isEmpty();
                    assertThat(failure.getActual().getStringRepresentation())
                            .contains("index ix_customer_email\n", "  keys email");
                });
    }

    @Test
    void aFindingIsAnEntryAndFiles(@TempDir Path published) throws Exception {
        Ran ran = Launch.onServer().publishingTo(published).run(DefectTestCase.class);

        assertThat(ran.reportEntries()).anySatisfy(entry -> assertThat(entry)
                .startsWith("turnstone.leftover=error leftover | up-down-up | sqlite | 5e11f0000002"));
        List<String> files;
        try (Stream<Path> all = Files.walk(published)) {
            files = all.filter(Files::isRegularFile)
                    .map(file -> published.relativize(file).toString())
                    .filter(file -> file.contains("leftover"))
                    .toList();
        }
        String folder = "upDownUpScenarioTree/up-down-up-sqlite-5e11f0000002-leftover-index_ix_customer_email/";
        assertThat(files).contains(folder + "finding.txt", folder + "expected.txt", folder + "actual.txt");
        assertThat(published.resolve(folder + "actual.txt")).content().contains("ix_customer_email");
        assertThat(published.resolve(folder + "expected.txt")).isEmptyFile();
    }

    @Test
    void withoutAPlaceForFilesTheFailureStays() {
        assertThat(failures(Launch.onServer().run(DefectTestCase.class))).isNotEmpty();
    }
}
