package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.scenario.BaselineFile;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.source.RevisionSources;
import dev.turnstone.source.Scripts;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link MigrationTest} says about a test class, with the history that it names, loaded once.
 *
 * @param testClass the class
 * @param scripts the history
 * @param dialects the dialects to run on; not empty
 * @param scenarios the scenarios to run
 * @param options what the user decided about the scenarios
 */
record MigrationTestSettings(
        Class<?> testClass, Scripts scripts, List<Dialect> dialects, Set<String> scenarios, ScenarioOptions options) {

    /** Whether the class asks for a scenario. */
    boolean runs(Scenario scenario) {
        return scenarios.contains(scenario.name());
    }

    static MigrationTestSettings of(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        return context.getRoot()
                .getStore(MigrationTestExtension.NAMESPACE)
                .getOrComputeIfAbsent(
                        testClass,
                        c -> new Reader(testClass, annotation(testClass, context)).read(),
                        MigrationTestSettings.class);
    }

    private static MigrationTest annotation(Class<?> testClass, ExtensionContext context) {
        return AnnotationSupport.findAnnotation(testClass, MigrationTest.class, context.getEnclosingTestClasses())
                .orElseThrow(() -> new ExtensionConfigurationException("Class " + testClass.getName()
                        + " implements MigrationScenarios and has no @MigrationTest. Annotate it; the defaults look for"
                        + " revisions in classpath:db/migrations and run on SQLite and PostgreSQL."));
    }

    /** Turns an annotation into settings; whatever is wrong with it is said with the annotation's own words. */
    private record Reader(Class<?> testClass, MigrationTest annotation) {

        MigrationTestSettings read() {
            if (annotation.locations().length == 0) {
                throw misuse(locations(), "Name at least one place, such as classpath:db/migrations.");
            }
            if (annotation.dialects().length == 0) {
                throw misuse(dialects(), "Name sqlite, postgresql or both.");
            }
            Scripts scripts = told(
                    locations(),
                    () -> Scripts.load(Stream.of(annotation.locations())
                            .map(location -> RevisionSources.parse(location, testClass.getClassLoader()))
                            .toList()));
            List<Dialect> dialects = told(dialects(), () -> Stream.of(annotation.dialects())
                    .map(Dialect::named)
                    .distinct()
                    .toList());
            return new MigrationTestSettings(
                    testClass,
                    scripts,
                    dialects,
                    scenarios(dialects),
                    new ScenarioOptions(
                            baseline(dialects), baselineRevision(scripts), ScenarioOptions.IdempotentBodies.BY_FORMAT));
        }

        private Set<String> scenarios(List<Dialect> dialects) {
            if (annotation.scenarios().length == 0) {
                return Scenario.unasked().stream()
                        .filter(scenario -> !scenario.spansDialects() || dialects.size() > 1)
                        .map(Scenario::name)
                        .collect(Collectors.toUnmodifiableSet());
            }
            List<String> known = Scenario.all().stream().map(Scenario::name).toList();
            for (String name : annotation.scenarios()) {
                if (!known.contains(name)) {
                    throw misuse(
                            "scenarios = " + array(annotation.scenarios()),
                            "There is no scenario '" + name + "'. Scenarios: " + String.join(", ", known) + ".");
                }
            }
            return Stream.of(annotation.scenarios()).collect(Collectors.toUnmodifiableSet());
        }

        private @Nullable BaselineFile baseline(List<Dialect> dialects) {
            if (annotation.baseline().isEmpty()) {
                return null;
            }
            BaselineFile file = BaselineFile.at(annotation.baseline(), testClass.getClassLoader());
            return told("baseline = " + quoted(annotation.baseline()), () -> {
                dialects.forEach(dialect -> file.apply(dialect.name()));
                return file;
            });
        }

        private @Nullable String baselineRevision(Scripts scripts) {
            String revision = annotation.baselineRevision();
            if (revision.isEmpty()) {
                return null;
            }
            String says = "baselineRevision = " + quoted(revision);
            if (annotation.baseline().isEmpty()) {
                throw misuse(says, "A baseline's revision needs a baseline: name its SQL file too.");
            }
            return told(says, () -> {
                scripts.graph().resolve(revision, Set.of());
                return revision;
            });
        }

        private <T> T told(String says, Supplier<T> reading) {
            try {
                return reading.get();
            } catch (TurnstoneException e) {
                ExtensionConfigurationException misuse = misuse(says, String.valueOf(e.getMessage()));
                misuse.initCause(e);
                throw misuse;
            }
        }

        private ExtensionConfigurationException misuse(String says, String remedy) {
            return new ExtensionConfigurationException(
                    "@MigrationTest(" + says + ") on class " + testClass.getName() + " cannot be: " + remedy);
        }

        private String locations() {
            return "locations = " + array(annotation.locations());
        }

        private String dialects() {
            return "dialects = " + array(annotation.dialects());
        }

        /** As a programmer would write it. */
        private static String array(String[] values) {
            String inside = Stream.of(values).map(Reader::quoted).collect(Collectors.joining(", "));
            return values.length == 1 ? inside : "{" + inside + "}";
        }

        private static String quoted(String text) {
            return '"' + text + '"';
        }
    }
}
