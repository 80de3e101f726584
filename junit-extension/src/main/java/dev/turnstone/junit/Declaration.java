package dev.turnstone.junit;

import dev.turnstone.Migrator;
import dev.turnstone.scenario.ScenarioOptions.IdempotentBodies;
import dev.turnstone.scenario.Selection;
import dev.turnstone.scenario.SnapshotsKept;
import dev.turnstone.snapshot.LogicalRules;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What a user has said about a test class's migrations, by an annotation or by a builder, before any of it is looked at.
 *
 * @param origin where it was said
 * @param selection which revisions are skipped, and how far back downgrades are tried
 * @param rules how dialects are compared
 * @param snapshots which snapshot files there are
 * @param postgresImage the image of the container that PostgreSQL runs in, or nothing for the run's server
 * @param tool makes the tool
 */
record Declaration(
        Origin origin,
        List<String> locations,
        List<String> dialects,
        List<String> scenarios,
        List<String> revisions,
        Selection selection,
        String baseline,
        String baselineRevision,
        String before,
        LogicalRules rules,
        IdempotentBodies idempotentBodies,
        SnapshotsKept snapshots,
        String postgresImage,
        String timeout,
        Supplier<MigrationToolFactory> tool) {

    static final List<String> DIALECTS = List.of("sqlite", "postgresql");

    static Declaration of(MigrationTest annotation, Class<?> testClass) {
        return new Declaration(
                Origin.ANNOTATION,
                List.of(annotation.locations()),
                List.of(annotation.dialects()),
                List.of(annotation.scenarios()),
                List.of(annotation.revisions()),
                selection(annotation, testClass),
                annotation.baseline(),
                annotation.baselineRevision(),
                annotation.before(),
                rules(annotation, testClass),
                annotation.idempotentBodies(),
                annotation.snapshots(),
                annotation.postgresImage(),
                annotation.timeout(),
                () -> instance(annotation.tool(), testClass));
    }

    private static Selection selection(MigrationTest annotation, Class<?> testClass) {
        Selection selection = Selection.ALL.withMinimumDowngrade(annotation.minimumDowngrade());
        for (Skip skip : annotation.skip()) {
            try {
                selection = selection.withSkipped(skip.revision(), skip.reason());
            } catch (IllegalArgumentException e) {
                throw new ExtensionConfigurationException(
                        Origin.ANNOTATION.skip(skip.revision()) + " on class " + testClass.getName() + " cannot be: "
                                + e.getMessage(),
                        e);
            }
        }
        return selection;
    }

    private static LogicalRules rules(MigrationTest annotation, Class<?> testClass) {
        LogicalRules rules = LogicalRules.standard().with(annotation.strictness());
        for (DialectDifference difference : annotation.dialectDifferences()) {
            try {
                rules = rules.with(LogicalRules.Except.parse(difference.object(), difference.reason()));
            } catch (IllegalArgumentException e) {
                throw new ExtensionConfigurationException(
                        Origin.ANNOTATION.quote(
                                        "dialectDifferences",
                                        "@DialectDifference(object = " + quoted(difference.object()) + ", …)")
                                + " on class " + testClass.getName() + " cannot be: " + e.getMessage(),
                        e);
            }
        }
        return rules;
    }

    private static MigrationToolFactory instance(Class<? extends MigrationToolFactory> factory, Class<?> testClass) {
        try {
            var constructor = factory.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ExtensionConfigurationException(
                    "@MigrationTest(tool = " + factory.getSimpleName() + ".class) on class " + testClass.getName()
                            + " cannot be: " + factory.getName()
                            + " cannot be made. Give it a constructor without parameters that throws nothing, and let it"
                            + " be neither abstract nor an inner class.",
                    e);
        }
    }

    /** What a builder begins with: the defaults of the annotation. */
    static Declaration byDefault() {
        return new Declaration(
                Origin.BUILDER,
                List.of(Migrator.DEFAULT_LOCATION),
                DIALECTS,
                List.of(),
                List.of(),
                Selection.ALL,
                "",
                "",
                "",
                LogicalRules.standard(),
                IdempotentBodies.BY_FORMAT,
                SnapshotsKept.AS_FOUND,
                "",
                "",
                BundledEngineFactory::new);
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    /** A list, as it was written. */
    String quote(String attribute, List<String> values) {
        return origin.quote(attribute, origin.list(values));
    }

    /** A text, as it was written. */
    String quote(String attribute, String value) {
        return origin.quote(attribute, quoted(value));
    }

    Declaration withLocations(List<String> value) {
        return new Declaration(
                origin,
                value,
                dialects,
                scenarios,
                revisions,
                selection,
                baseline,
                baselineRevision,
                before,
                rules,
                idempotentBodies,
                snapshots,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withDialects(List<String> value) {
        return new Declaration(
                origin,
                locations,
                value,
                scenarios,
                revisions,
                selection,
                baseline,
                baselineRevision,
                before,
                rules,
                idempotentBodies,
                snapshots,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withScenarios(List<String> value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                value,
                revisions,
                selection,
                baseline,
                baselineRevision,
                before,
                rules,
                idempotentBodies,
                snapshots,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withRevisions(List<String> value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                value,
                selection,
                baseline,
                baselineRevision,
                before,
                rules,
                idempotentBodies,
                snapshots,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withSelection(Selection value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                revisions,
                value,
                baseline,
                baselineRevision,
                before,
                rules,
                idempotentBodies,
                snapshots,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withBaseline(String value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                revisions,
                selection,
                value,
                baselineRevision,
                before,
                rules,
                idempotentBodies,
                snapshots,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withBaselineRevision(String value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                revisions,
                selection,
                baseline,
                value,
                before,
                rules,
                idempotentBodies,
                snapshots,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withBefore(String value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                revisions,
                selection,
                baseline,
                baselineRevision,
                value,
                rules,
                idempotentBodies,
                snapshots,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withRules(LogicalRules value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                revisions,
                selection,
                baseline,
                baselineRevision,
                before,
                value,
                idempotentBodies,
                snapshots,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withIdempotentBodies(IdempotentBodies value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                revisions,
                selection,
                baseline,
                baselineRevision,
                before,
                rules,
                value,
                snapshots,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withSnapshots(SnapshotsKept value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                revisions,
                selection,
                baseline,
                baselineRevision,
                before,
                rules,
                idempotentBodies,
                value,
                postgresImage,
                timeout,
                tool);
    }

    Declaration withPostgresImage(String value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                revisions,
                selection,
                baseline,
                baselineRevision,
                before,
                rules,
                idempotentBodies,
                snapshots,
                value,
                timeout,
                tool);
    }

    Declaration withTimeout(String value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                revisions,
                selection,
                baseline,
                baselineRevision,
                before,
                rules,
                idempotentBodies,
                snapshots,
                postgresImage,
                value,
                tool);
    }

    Declaration withTool(Supplier<MigrationToolFactory> value) {
        return new Declaration(
                origin,
                locations,
                dialects,
                scenarios,
                revisions,
                selection,
                baseline,
                baselineRevision,
                before,
                rules,
                idempotentBodies,
                snapshots,
                postgresImage,
                timeout,
                value);
    }
}
