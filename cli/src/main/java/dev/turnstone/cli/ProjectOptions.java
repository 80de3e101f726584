package dev.turnstone.cli;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.SelectedRevisions;
import dev.turnstone.scenario.Selection;
import dev.turnstone.snapshot.LogicalRules;
import dev.turnstone.source.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings of the project for {@code verify}: from the configuration file, and for one run from options. */
final class ProjectOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file, of which [verify], [policies] and [cross-dialect] are read. Default:"
                    + " " + ConfigurationFile.NAME + " in the current directory, if it exists.")
    private @Nullable Path config;

    @Option(
            names = "--policy",
            paramLabel = "NAME=VALUE",
            description =
                    "Overrides a setting of [policies]: not-additive=error, misnamed=off, \"forbid=drop table, change"
                            + " column type\". For the scenario policies, and edited for --since.")
    private Map<String, String> policies = Map.of();

    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            description =
                    "The --lock-timeout of 'upgrade' in production: how long a statement waits for a lock. For the"
                            + " scenario locks, which then assumes that no wait is unlimited. Default: lock-timeout of the file.")
    private @Nullable String lockTimeout;

    @Option(
            names = "--min-downgrade",
            paramLabel = "REVISION",
            description = "Do not test the downgrade of this revision and of the revisions before it: they are"
                    + " never reverted.")
    private String minimumDowngrade = "";

    @Option(
            names = "--skip",
            paramLabel = "REVISION=REASON",
            description = "Do not check this revision; it is still applied before later revisions. May be repeated.")
    private Map<String, String> skipped = Map.of();

    @Option(
            names = "--strictness",
            paramLabel = "LEVEL",
            description = "How closely cross-dialect compares: lenient, standard (default) or strict.")
    private @Nullable String strictness;

    @Option(
            names = "--except",
            paramLabel = "OBJECT=REASON",
            description =
                    "An intentional difference between the dialects, for cross-dialect: \"index idx_*_trgm=SQLite has none\","
                            + " or any instead of the kind. May be repeated.")
    private Map<String, String> exceptions = Map.of();

    /**
     * Reads the settings; options override the file.
     *
     * @throws BadOptionException when the file cannot be read, or a setting in it or in the options is invalid
     */
    ProjectSettings settings() {
        Path file = config == null ? Path.of(ConfigurationFile.NAME) : config;
        ProjectSettings kept =
                config != null || Files.isRegularFile(file) ? ConfigurationFile.project(file) : ProjectSettings.NONE;
        return new ProjectSettings(
                decided(kept.policies()),
                kept.run().overriddenBy(new RunSettings(null, lockTimeout, null, null, null)),
                kept.selection().overriddenBy(selection()),
                rules(kept.rules()),
                kept.seeds());
    }

    private PolicySettings decided(PolicySettings kept) {
        PolicySettings settings = kept;
        for (Map.Entry<String, String> policy : policies.entrySet()) {
            try {
                settings = settings.with(policy.getKey(), policy.getValue());
            } catch (IllegalArgumentException e) {
                throw new BadOptionException(
                        "--policy " + policy.getKey() + "=" + policy.getValue() + ": " + e.getMessage());
            }
        }
        return settings;
    }

    private LogicalRules rules(LogicalRules kept) {
        try {
            LogicalRules rules = strictness == null ? kept : kept.with(LogicalRules.Strictness.named(strictness));
            for (Map.Entry<String, String> exception : exceptions.entrySet()) {
                rules = rules.with(LogicalRules.Except.parse(exception.getKey(), exception.getValue()));
            }
            return rules;
        } catch (IllegalArgumentException e) {
            throw new BadOptionException("--strictness or --except: " + e.getMessage());
        }
    }

    private Selection selection() {
        try {
            return new Selection(minimumDowngrade, skipped);
        } catch (IllegalArgumentException e) {
            throw new BadOptionException("--skip: " + e.getMessage());
        }
    }

    /**
     * Resolves the revisions of a selection in the histories of a run.
     *
     * @return the resolved selection of each history
     * @throws BadOptionException when a revision is in no history
     */
    static Map<Scripts, SelectedRevisions> selected(Selection selection, Collection<Scripts> histories) {
        Map<Scripts, Selection> each = new LinkedHashMap<>();
        histories.forEach(history -> each.put(history, Selection.ALL));
        if (!selection.minimumDowngrade().isEmpty()) {
            add(
                    each,
                    Selection.ALL.withMinimumDowngrade(selection.minimumDowngrade()),
                    "The minimum downgrade revision '" + selection.minimumDowngrade()
                            + "' (--min-downgrade, or min-downgrade of [verify])");
        }
        selection
                .skipped()
                .forEach((revision, reason) -> add(
                        each,
                        Selection.ALL.withSkipped(revision, reason),
                        "The revision '" + revision + "' to skip (--skip, or skip of [verify])"));
        Map<Scripts, SelectedRevisions> selected = new LinkedHashMap<>();
        each.forEach((history, of) -> selected.put(history, SelectedRevisions.of(of, history.graph())));
        return selected;
    }

    /** Resolves a revision. If each dialect has its own history, the revision need not be in both. */
    private static void add(Map<Scripts, Selection> each, Selection one, String what) {
        String missing = "";
        boolean found = false;
        for (Map.Entry<Scripts, Selection> history : each.entrySet()) {
            try {
                SelectedRevisions.of(one, history.getKey().graph());
                history.setValue(history.getValue().overriddenBy(one));
                found = true;
            } catch (TurnstoneException e) {
                missing = String.valueOf(e.getMessage());
            }
        }
        if (!found) {
            throw new BadOptionException(what + " does not exist: " + missing);
        }
    }
}
