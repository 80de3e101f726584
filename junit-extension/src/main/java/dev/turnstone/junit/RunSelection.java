package dev.turnstone.junit;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.RevisionId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What of all tests a run is to look at: for builds, which cannot name one node of the tree.
 *
 * @param dialects empty for all
 * @param revisions as they were written; empty for all
 */
record RunSelection(List<Dialect> dialects, List<String> revisions) {

    static final String DIALECT = "turnstone.dialect";
    static final String REVISION = "turnstone.revision";

    /** As the configuration of the context's run has it. */
    static RunSelection of(ExtensionContext context) {
        return context.getRoot()
                .getStore(MigrationTestExtension.NAMESPACE)
                .getOrComputeIfAbsent(
                        RunSelection.class,
                        type -> of(
                                name -> context.getConfigurationParameter(name).orElse(null)),
                        RunSelection.class);
    }

    private static RunSelection of(Function<String, @Nullable String> setting) {
        try {
            return new RunSelection(
                    list(setting.apply(DIALECT)).map(Dialects::named).toList(),
                    list(setting.apply(REVISION)).toList());
        } catch (TurnstoneException e) {
            throw new ExtensionConfigurationException(
                    DIALECT + "=" + setting.apply(DIALECT) + " cannot be: " + e.getMessage(), e);
        }
    }

    private static Stream<String> list(@Nullable String value) {
        return value == null
                ? Stream.empty()
                : Stream.of(value.split(",")).map(String::strip).filter(part -> !part.isEmpty());
    }

    boolean isSelected(Dialect dialect) {
        return dialects.isEmpty() || dialects.contains(dialect);
    }

    /**
     * The revisions of a class to look at: those that the class selects, and of these the run's; null for all.
     *
     * @throws ExtensionConfigurationException when the run names one that is not in the class's history
     */
    @Nullable
    Set<RevisionId> revisions(MigrationTestSettings settings) {
        if (revisions.isEmpty()) {
            return settings.revisions().isEmpty() ? null : settings.revisions();
        }
        Set<RevisionId> selected = new LinkedHashSet<>();
        for (String revision : revisions) {
            try {
                selected.addAll(
                        RevisionSelection.resolve(revision, settings.tool().graph()));
            } catch (TurnstoneException e) {
                throw new ExtensionConfigurationException(
                        REVISION + "=" + String.join(",", revisions) + " cannot be for class "
                                + settings.testClass().getName() + ": " + e.getMessage()
                                + " Select the class or method as well where others have other histories.",
                        e);
            }
        }
        if (!settings.revisions().isEmpty()) {
            selected.retainAll(settings.revisions());
        }
        return selected;
    }
}
