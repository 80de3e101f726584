package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.SqlText;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.BaselineFile;
import dev.turnstone.scenario.KeptSnapshots;
import dev.turnstone.scenario.MigrationTool;
import dev.turnstone.scenario.PolicySettings;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.scenario.ScenarioRunner;
import dev.turnstone.scenario.SelectedRevisions;
import dev.turnstone.scenario.Selection;
import dev.turnstone.scenario.TimeSpan;
import dev.turnstone.source.EditDistance;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Validates the declared settings of a test class. Messages quote the declaration as it is in the source code. */
record DeclarationReader(
        Class<?> testClass,
        Declaration said,
        String configuredTimeout,
        @Nullable Duration lockTimeout,
        PolicySettings policies) {

    MigrationTestSettings read() {
        if (said.locations().isEmpty()) {
            throw misuse(locations(), "Name at least one location, such as classpath:db/migrations.");
        }
        if (said.dialects().isEmpty()) {
            throw misuse(dialects(), "Name sqlite, postgresql or both.");
        }
        MigrationToolFactory factory = said.tool().get();
        MigrationTool tool = told(locations(), () -> factory.create(said.locations(), testClass.getClassLoader()));
        List<Dialect> dialects = told(
                dialects(),
                () -> said.dialects().stream().map(Dialects::named).distinct().toList());
        return new MigrationTestSettings(
                testClass,
                said,
                tool,
                dialects,
                scenarios(dialects),
                revisions(tool),
                new ScenarioOptions(
                                file("baseline", said.baseline(), dialects),
                                baselineRevision(tool),
                                file("before", said.before(), dialects),
                                said.idempotentBodies())
                        .with(KeptSnapshots.ofTestClass(testClass, said.snapshots()))
                        .withTimeout(timeout())
                        .withLockTimeout(lockTimeout)
                        .with(policies)
                        .with(said.rules())
                        .with(selected(tool)));
    }

    private SelectedRevisions selected(MigrationTool tool) {
        Selection selection = said.selection();
        told(
                said.quote("minimumDowngrade", selection.minimumDowngrade()),
                () -> SelectedRevisions.of(
                        Selection.ALL.withMinimumDowngrade(selection.minimumDowngrade()), tool.graph()));
        selection
                .skipped()
                .forEach((revision, reason) -> told(
                        said.origin().skip(revision),
                        () -> SelectedRevisions.of(Selection.ALL.withSkipped(revision, reason), tool.graph())));
        return SelectedRevisions.of(selection, tool.graph());
    }

    private Duration timeout() {
        String given = said.timeout().isEmpty() ? configuredTimeout : said.timeout();
        try {
            return given.isEmpty() ? ScenarioOptions.USUAL_TIMEOUT : TimeSpan.parse(given);
        } catch (IllegalArgumentException e) {
            throw misuse(
                    said.timeout().isEmpty() ? TimeSpan.TIMEOUT + " = " + given : said.quote("timeout", given),
                    String.valueOf(e.getMessage()));
        }
    }

    private Set<String> scenarios(List<Dialect> dialects) {
        if (said.scenarios().isEmpty()) {
            return ScenarioRunner.defaults(dialects.size()).stream()
                    .map(Scenario::name)
                    .collect(Collectors.toUnmodifiableSet());
        }
        List<String> known = Scenario.all().stream().map(Scenario::name).toList();
        for (String name : said.scenarios()) {
            if (!known.contains(name)) {
                throw misuse(
                        said.quote("scenarios", said.scenarios()),
                        "There is no scenario '" + name + "'."
                                + EditDistance.nearMiss(name, known)
                                        .map(near -> " Did you mean '" + near + "'?")
                                        .orElse("")
                                + " Scenarios: " + String.join(", ", known) + ".");
            }
        }
        return Set.copyOf(said.scenarios());
    }

    private Set<RevisionId> revisions(MigrationTool tool) {
        Set<RevisionId> selected = new LinkedHashSet<>();
        for (String revision : said.revisions()) {
            selected.addAll(told(
                    said.quote("revisions", said.revisions()),
                    () -> RevisionSelection.resolve(revision, tool.graph())));
        }
        return selected;
    }

    private @Nullable Function<String, SqlText> file(String attribute, String place, List<Dialect> dialects) {
        if (place.isEmpty()) {
            return null;
        }
        BaselineFile file = BaselineFile.at(place, testClass.getClassLoader());
        return told(said.quote(attribute, place), () -> {
            dialects.forEach(dialect -> file.apply(dialect.name()));
            return file;
        });
    }

    private @Nullable String baselineRevision(MigrationTool tool) {
        String revision = said.baselineRevision();
        if (revision.isEmpty()) {
            return null;
        }
        String quoted = said.quote("baselineRevision", revision);
        if (said.baseline().isEmpty()) {
            throw misuse(quoted, "A baseline revision needs a baseline: name its SQL file too.");
        }
        return told(quoted, () -> {
            tool.graph().resolve(revision, Set.of());
            return revision;
        });
    }

    private <T> T told(String quoted, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (TurnstoneException e) {
            ExtensionConfigurationException misuse = misuse(quoted, String.valueOf(e.getMessage()));
            misuse.initCause(e);
            throw misuse;
        }
    }

    private ExtensionConfigurationException misuse(String quoted, String remedy) {
        return new ExtensionConfigurationException(
                quoted + " on class " + testClass.getName() + " is invalid: " + remedy);
    }

    private String locations() {
        return said.quote("locations", said.locations());
    }

    private String dialects() {
        return said.quote("dialects", said.dialects());
    }
}
