package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs all planted defects, each in its formats, on each of its dialects, with its corrected twin. */
@Tag("zoo")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZooTests {

    /** Runs only the defects whose collection, such as {@code RowDefects}, and name this pattern is found in. */
    private static final String ONLY = System.getProperty("zoo.only", "");

    private final ScenarioBench bench = new ScenarioBench();
    private final Zoo zoo = new Zoo();
    private int directories;

    @AfterAll
    @SuppressWarnings("SystemOut") // The lane says how much it checked.
    void countTheCases() {
        bench.close();
        System.out.println(zoo.summary());
        assertThat(zoo.planted()).isPositive();
        assertThat(zoo.caught()).as("caught of those planted").isEqualTo(zoo.planted());
        assertThat(zoo.falseAlarms()).as("false alarms").isZero();
    }

    @TestFactory
    Stream<DynamicTest> isFoundAndItsCorrectedTwinIsSilent(@TempDir Path directory) {
        return Zoo.defects(ONLY).stream()
                .flatMap(defect -> defect.dialects().stream().flatMap(dialect -> defect.formats().stream()
                        .map(format -> DynamicTest.dynamicTest(
                                defect.scenario() + " | " + defect.name() + " | " + dialect + " | " + format.label(),
                                () -> {
                                    long begin = System.nanoTime();
                                    check(defect, dialect, format, directory);
                                    zoo.took(defect, dialect, Duration.ofNanos(System.nanoTime() - begin));
                                }))));
    }

    private void check(PlantedDefect defect, String dialect, Format format, Path directory) {
        Path home = directory.resolve(Integer.toString(directories++));
        ScenarioContext planted = defect.circumstances()
                .around(context(defect.history(), format, home.resolve("planted"), dialect), true, home);
        ScenarioContext corrected = defect.circumstances()
                .around(context(defect.corrected(), format, home.resolve("corrected"), dialect), false, home);
        List<String> expected = defect.findings(format);
        List<String> found = bench.findings(defect.scenario(), planted);
        List<String> inCorrected = bench.findings(defect.scenario(), corrected);
        zoo.note(defect, dialect, found, expected, inCorrected);
        assertThat(found).as("planted").containsExactlyInAnyOrderElementsOf(expected);
        assertThat(inCorrected).as("corrected").isEmpty();
        if (dialect.equals("sqlite")) {
            assertThat(ScenarioBench.inShort(bench.outcomesAlone(defect.scenario(), planted)))
                    .as("each check alone")
                    .isEqualTo(found);
        }
    }

    private ScenarioContext context(History history, Format format, Path directory, String dialect) {
        if (!dialect.equals(Scenario.BOTH)) {
            return bench.context(history.load(format, directory), dialect, ScenarioOptions.DEFAULT);
        }
        if (format == Format.TURNSTONE) {
            Scripts scripts = history.load(format, directory);
            return bench.context(scripts, "sqlite", ScenarioOptions.DEFAULT)
                    .beside(bench.context(scripts, "postgresql", ScenarioOptions.DEFAULT));
        }
        return bench.context(
                        history.on("sqlite").load(format, directory.resolve("sqlite")),
                        "sqlite",
                        ScenarioOptions.DEFAULT)
                .beside(bench.context(
                        history.on("postgresql").load(format, directory.resolve("postgresql")),
                        "postgresql",
                        ScenarioOptions.DEFAULT));
    }
}
