package dev.turnstone.scenario;

import dev.turnstone.revision.RevisionId;
import org.jspecify.annotations.Nullable;

/**
 * Something that a scenario did not look at.
 *
 * @param scenario the scenario's name
 * @param dialect {@code sqlite} or {@code postgresql}
 * @param revision the revision that it belongs to, or null for the whole history
 * @param reason why, for a person
 */
public record Skipped(
        String scenario, String dialect, @Nullable RevisionId revision, String reason) {}
