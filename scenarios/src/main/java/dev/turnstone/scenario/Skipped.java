package dev.turnstone.scenario;

import dev.turnstone.revision.RevisionId;
import org.jspecify.annotations.Nullable;

/**
 * A check that was skipped.
 *
 * @param scenario the scenario's name
 * @param dialect {@code sqlite} or {@code postgresql}
 * @param revision the revision that it belongs to, or null for the whole history
 * @param reason the reason, for people
 */
public record Skipped(
        String scenario, String dialect, @Nullable RevisionId revision, String reason) {}
