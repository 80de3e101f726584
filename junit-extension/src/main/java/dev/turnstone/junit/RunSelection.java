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
 * The dialects and revisions that a run selects, for builds, which cannot select one node of the test tree.
 *
 * @param dialects empty for all
 * @param revisions the revisions as written; empty for all
 */
record RunSelection(List<Dialect> dialects, List<String> revisions) {

    static final String DIALECT = "turnstone.dialect";
    static final String REVISION = "turnstone.revision";

    /** Reads the selection from the configuration parameters of the run. */
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
                    DIALECT + "=" + setting.apply(DIALECT) + " is invalid: " + e.getMessage(), e);
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
     * Returns the revisions of a class to check: those that both the class and the run select; null for all.
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
                        REVISION + "=" + String.join(",", revisions) + " is invalid for class "
                                + settings.testClass().getName() + ": " + e.getMessage()
                                + " If other classes have other histories, select the class or method too.",
                        e);
            }
        }
        if (!settings.revisions().isEmpty()) {
            selected.retainAll(settings.revisions());
        }
        return selected;
    }
}
