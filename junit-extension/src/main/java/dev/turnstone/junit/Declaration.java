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
 * The unvalidated settings of a test class, from an annotation or a builder. Immutable.
 *
 * @param origin the annotation or the builder
 * @param selection the skipped revisions, and the minimum downgrade revision
 * @param rules how dialects are compared
 * @param snapshots which snapshot files are compared
 * @param postgresImage the image of the PostgreSQL container, or empty for the server of the run
 * @param tool creates the migration tool
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
                        Origin.ANNOTATION.skip(skip.revision()) + " on class " + testClass.getName() + " is invalid: "
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
                                + " on class " + testClass.getName() + " is invalid: " + e.getMessage(),
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
                            + " is invalid: " + factory.getName()
                            + " cannot be created. Give it a constructor without parameters that does not throw, and let it"
                            + " be neither abstract nor an inner class.",
                    e);
        }
    }

    /** Returns the initial settings of a builder: the defaults of the annotation. */
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

    /** Formats a list as in the source code. */
    String quote(String attribute, List<String> values) {
        return origin.quote(attribute, origin.list(values));
    }

    /** Formats a text as in the source code. */
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
