package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.scenario.BaselineFile;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.source.RevisionSources;
import dev.turnstone.source.Scripts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link MigrationTest} says about a test class, with the history that it names, loaded once.
 *
 * @param testClass the class's simple name
 * @param scripts the history
 * @param dialects the dialects to run on; not empty
 * @param options what the user decided about the scenarios
 */
record MigrationTestSettings(String testClass, Scripts scripts, List<Dialect> dialects, ScenarioOptions options) {

    static MigrationTestSettings of(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        return context.getRoot()
                .getStore(MigrationTestExtension.NAMESPACE)
                .getOrComputeIfAbsent(
                        testClass, c -> of(testClass, annotation(testClass)), MigrationTestSettings.class);
    }

    private static MigrationTest annotation(Class<?> testClass) {
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            Optional<MigrationTest> found = AnnotationSupport.findAnnotation(type, MigrationTest.class);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new ExtensionConfigurationException("Class " + testClass.getName()
                + " implements MigrationScenarios and has no @MigrationTest. Annotate it; the defaults look for revisions"
                + " in classpath:db/migrations and run on SQLite and PostgreSQL.");
    }

    private static MigrationTestSettings of(Class<?> testClass, MigrationTest annotation) {
        if (annotation.locations().length == 0) {
            throw misuse(testClass, "locations = {}", "Name at least one place, such as classpath:db/migrations.");
        }
        if (annotation.dialects().length == 0) {
            throw misuse(testClass, "dialects = {}", "Name sqlite, postgresql or both.");
        }
        if (annotation.baseline().isEmpty() && !annotation.baselineRevision().isEmpty()) {
            throw misuse(
                    testClass,
                    "baselineRevision = \"" + annotation.baselineRevision() + "\"",
                    "A baseline's revision needs a baseline: name its SQL file too.");
        }
        return new MigrationTestSettings(
                testClass.getSimpleName(),
                Scripts.load(Stream.of(annotation.locations())
                        .map(location -> RevisionSources.parse(location, testClass.getClassLoader()))
                        .toList()),
                Stream.of(annotation.dialects()).map(Dialect::named).distinct().toList(),
                new ScenarioOptions(
                        annotation.baseline().isEmpty()
                                ? null
                                : BaselineFile.at(annotation.baseline(), testClass.getClassLoader()),
                        emptyToNull(annotation.baselineRevision()),
                        ScenarioOptions.IdempotentBodies.BY_FORMAT));
    }

    private static ExtensionConfigurationException misuse(Class<?> testClass, String says, String remedy) {
        return new ExtensionConfigurationException(
                "@MigrationTest(" + says + ") on class " + testClass.getName() + " cannot be: " + remedy);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
