package dev.turnstone.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The user's selection of revisions, with names that are not yet resolved. Immutable.
 *
 * @param minimumDowngrade the revision below which no revision is reverted: an id, the beginning of an id, or a label;
 *     empty for none
 * @param skipped the reason for each revision that is not checked, in the user's order
 */
public record Selection(String minimumDowngrade, Map<String, String> skipped) {

    /** Selects all revisions and all downgrades. */
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

    /** Returns this selection with another minimum downgrade revision. */
    public Selection withMinimumDowngrade(String revision) {
        return new Selection(revision, skipped);
    }

    /**
     * Returns this selection with another skipped revision.
     *
     * @param revision an id, the beginning of an id, or a label
     * @param reason the reason, for people
     * @throws IllegalArgumentException if the reason is blank
     */
    public Selection withSkipped(String revision, String reason) {
        Map<String, String> more = new LinkedHashMap<>(skipped);
        more.put(revision, reason);
        return new Selection(minimumDowngrade, more);
    }

    /** Returns this selection with the values that another one sets. Its skipped revisions are added. */
    public Selection overriddenBy(Selection other) {
        Map<String, String> more = new LinkedHashMap<>(skipped);
        more.putAll(other.skipped);
        return new Selection(other.minimumDowngrade.isEmpty() ? minimumDowngrade : other.minimumDowngrade, more);
    }
}
