package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs planted defects: each in both formats, on each of its dialects, with its corrected twin. */
@Tag("zoo")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlantedDefectsTestCase {

    private final ScenarioBench bench = new ScenarioBench();
    private int checked;

    abstract List<PlantedDefect> defects();

    @AfterAll
    @SuppressWarnings("SystemOut") // The lane says how much it checked.
    void countTheCases() {
        bench.close();
        System.out.println("zoo, " + getClass().getSimpleName() + ": " + checked + " planted defects checked");
        assertThat(checked).isPositive();
    }

    @TestFactory
    Stream<DynamicTest> isFoundAndItsCorrectedTwinIsSilent(@TempDir Path directory) {
        return defects().stream().flatMap(defect -> defect.dialects().stream()
                .flatMap(dialect -> Stream.of(Format.TURNSTONE, Format.GOLANG_MIGRATE)
                        .map(format -> DynamicTest.dynamicTest(
                                defect.name() + " | " + dialect + " | " + format.label(),
                                () -> check(defect, dialect, format, directory)))));
    }

    private void check(PlantedDefect defect, String dialect, Format format, Path directory) {
        checked++;
        Path home = directory.resolve(Integer.toString(checked));
        ScenarioContext planted = context(defect.history(), format, home.resolve("planted"), dialect);
        List<String> found = bench.findings(defect.scenario(), planted);
        assertThat(found).as("planted").containsExactlyInAnyOrderElementsOf(defect.findings(format));
        assertThat(bench.findings(
                        defect.scenario(), context(defect.corrected(), format, home.resolve("corrected"), dialect)))
                .as("corrected")
                .isEmpty();
        if (dialect.equals("sqlite")) {
            assertThat(ScenarioBench.inShort(bench.outcomesAlone(defect.scenario(), planted)))
                    .as("each check alone")
                    .isEqualTo(found);
        }
    }

    private ScenarioContext context(History history, Format format, Path directory, String dialect) {
        if (!dialect.equals(Scenario.BOTH)) {
            return bench.context(history.load(format, directory), dialect, options());
        }
        if (format == Format.TURNSTONE) {
            Scripts scripts = history.load(format, directory);
            return bench.context(scripts, "sqlite", options()).beside(bench.context(scripts, "postgresql", options()));
        }
        return bench.context(history.on("sqlite").load(format, directory.resolve("sqlite")), "sqlite", options())
                .beside(bench.context(
                        history.on("postgresql").load(format, directory.resolve("postgresql")),
                        "postgresql",
                        options()));
    }

    /** What the user decided; the same for all of these. */
    ScenarioOptions options() {
        return ScenarioOptions.DEFAULT;
    }
}
