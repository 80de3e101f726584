package dev.turnstone.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which revisions a user wants to be looked at, as it was written. Immutable.
 *
 * @param minimumDowngrade the revision below which nothing is taken back: an id, its beginning or a label; empty for none
 * @param skipped the reason for each revision that is not looked at, in the order in which they were named
 */
public record Selection(String minimumDowngrade, Map<String, String> skipped) {

    /** All revisions, and all downgrades. */
    public static final Selection ALL = new Selection("", Map.of());

    public Selection {
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
        skipped.forEach((revision, reason) -> {
            if (reason.isBlank()) {
                throw new IllegalArgumentException(
                        "Revision " + revision + " cannot be skipped without a reason. Say why, for whoever reads it.");
            }
        });
    }

    /** This selection, with nothing taken back below a revision. */
    public Selection withMinimumDowngrade(String revision) {
        return new Selection(revision, skipped);
    }

    /**
     * This selection, with another revision skipped.
     *
     * @throws IllegalArgumentException when the reason is blank
     */
    public Selection withSkipped(String revision, String reason) {
        Map<String, String> more = new LinkedHashMap<>(skipped);
        more.put(revision, reason);
        return new Selection(minimumDowngrade, more);
    }

    /** This selection, with what another one says more or otherwise. */
    public Selection overriddenBy(Selection other) {
        Map<String, String> more = new LinkedHashMap<>(skipped);
        more.putAll(other.skipped);
        return new Selection(other.minimumDowngrade.isEmpty() ? minimumDowngrade : other.minimumDowngrade, more);
    }
}
