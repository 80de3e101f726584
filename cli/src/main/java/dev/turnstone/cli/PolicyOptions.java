package dev.turnstone.cli;

import dev.turnstone.scenario.Policies;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the scenario {@code policies} finds which policies hold. */
final class PolicyOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings of the project, of which the scenario policies reads [policies]. Default: "
                    + ConfigurationFile.NAME + " in the current directory, where there is one.")
    private @Nullable Path config;

    /**
     * The options with the policies of the file, which nothing but their scenario has read.
     *
     * @throws BadOptionException when the file cannot be read, or something in it is not understood
     */
    ScenarioOptions addedTo(ScenarioOptions options, List<Scenario> chosen) {
        Path file = config == null ? Path.of(ConfigurationFile.NAME) : config;
        boolean read = config != null
                || (chosen.stream().anyMatch(Policies.class::isInstance) && Files.isRegularFile(file));
        return read ? options.with(ConfigurationFile.policies(file)) : options;
    }
}
