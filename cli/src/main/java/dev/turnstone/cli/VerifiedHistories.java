package dev.turnstone.cli;

import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.scenario.HistoryPlace;
import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The histories that {@code verify} tests, and their dialects: one directory for all dialects, or one for each. */
final class VerifiedHistories {

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = ".",
            description = "The directory of the migrations. Default: the current directory.")
    private Path directory = Path.of(".");

    @Option(
            names = "--dialect",
            split = ",",
            paramLabel = "NAME[=DIR]",
            description =
                    "sqlite or postgresql; may be repeated. Default: both for Turnstone's own format, the detected dialect for other formats. With"
                            + " =DIR, this dialect uses its own directory instead of DIR.")
    private List<String> dialects = List.of();

    @Option(
            names = "--format",
            defaultValue = "auto",
            paramLabel = "NAME",
            description =
                    "auto, turnstone, dbmate, goose, golang-migrate, sqlx, diesel, flyway, liquibase, sql-migrate or"
                            + " pairs. Default: ${DEFAULT-VALUE}.")
    private String format = "auto";

    @Option(
            names = "--placeholder",
            paramLabel = "NAME=VALUE",
            description = "A value for a placeholder of Flyway, a property of Liquibase, or a variable of goose.")
    private Map<String, String> placeholders = Map.of();

    /** The directory of each history, for scenarios that start processes. */
    private final Map<Scripts, HistoryPlace> places = new HashMap<>();

    /**
     * Reads the histories.
     *
     * @param since reads each history at a git reference, if the user gave one
     * @return the history of each dialect, in the order of the options
     * @throws BadOptionException when the options contradict each other, or the dialect is unknown
     */
    Map<Dialect, Scripts> read(SinceOption since) {
        Map<Dialect, Scripts> histories = new LinkedHashMap<>();
        long withDirectory =
                dialects.stream().filter(name -> name.contains("=")).count();
        if (withDirectory > 0) {
            if (withDirectory < dialects.size()) {
                throw new BadOptionException("Either each --dialect has its own directory (--dialect sqlite=DIR1"
                        + " --dialect postgresql=DIR2) or none has one, and all use DIR.");
            }
            for (String name : dialects) {
                int at = name.indexOf('=');
                Dialect dialect = dialect(name.substring(0, at));
                if (histories.put(dialect, load(MigrationDirectory.at(Path.of(name.substring(at + 1))), since))
                        != null) {
                    throw new BadOptionException("--dialect names two directories for " + dialect.name() + ".");
                }
            }
            return histories;
        }
        MigrationDirectory migrations = MigrationDirectory.at(directory);
        Scripts scripts = load(migrations, since);
        chosenDialects(migrations, scripts).forEach(dialect -> histories.put(dialect, scripts));
        return histories;
    }

    private Scripts load(MigrationDirectory migrations, SinceOption since) {
        Format chosen = chosenFormat(migrations);
        Scripts scripts = migrations.load(chosen, placeholders);
        places.put(
                scripts,
                new HistoryPlace(
                        List.of(migrations
                                .detection()
                                .directory()
                                .toAbsolutePath()
                                .toString()),
                        chosen,
                        placeholders));
        since.read(scripts, migrations.detection().directory(), chosen, placeholders);
        return scripts;
    }

    private static Dialect dialect(String name) {
        return Dialects.find(name)
                .orElseThrow(() -> new BadOptionException(
                        "There is no dialect '" + name + "'. Dialects: " + String.join(", ", Dialects.names()) + "."));
    }

    private List<Dialect> chosenDialects(MigrationDirectory migrations, Scripts scripts) {
        if (!dialects.isEmpty()) {
            return dialects.stream().distinct().map(VerifiedHistories::dialect).toList();
        }
        if (scripts.format() == Format.TURNSTONE) {
            return TestDatabases.dialects();
        }
        return List.of(Dialects.named(migrations
                .dialect()
                .orElseThrow(() -> new BadOptionException("The migrations in " + directory
                        + " do not show which database they are for. Pass --dialect sqlite or --dialect"
                        + " postgresql."))));
    }

    /** Returns the directory of a history; null if {@link #read} did not read it. */
    @Nullable
    HistoryPlace placeOf(Scripts history) {
        return places.get(history);
    }

    /** Returns the title of the run: the directories as the command line names them. */
    String title() {
        return dialects.stream().anyMatch(name -> name.contains("="))
                ? dialects.stream()
                        .map(name -> name.substring(name.indexOf('=') + 1))
                        .collect(Collectors.joining(" | "))
                : directory.toString();
    }

    private Format chosenFormat(MigrationDirectory migrations) {
        return format.equals("auto") ? migrations.format() : MigrationDirectory.formatNamed(format);
    }
}
