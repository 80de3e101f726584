package dev.turnstone.scenario;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which policies hold, and how much a breach of each matters. Immutable.
 *
 * @param severities by policy; one without is off
 */
public record PolicySettings(Map<Policy, Severity> severities) {

    private static final String OFF = "off";

    /** What holds where no one says otherwise. */
    public static final PolicySettings USUAL = usual();

    public PolicySettings {
        Map<Policy, Severity> copy = new EnumMap<>(Policy.class);
        copy.putAll(severities);
        severities = Collections.unmodifiableMap(copy);
    }

    private static PolicySettings usual() {
        Map<Policy, Severity> severities = new EnumMap<>(Policy.class);
        for (Policy policy : Policy.values()) {
            policy.usual().ifPresent(severity -> severities.put(policy, severity));
        }
        return new PolicySettings(severities);
    }

    /**
     * These settings with another one for one policy.
     *
     * @param policy its name, for example {@code additive-only}
     * @param severity {@code error}, {@code warning}, {@code info} or {@code off}
     * @throws IllegalArgumentException when there is no such policy or severity; the message names those that there are
     */
    public PolicySettings with(String policy, String severity) {
        Policy known = Policy.named(policy)
                .orElseThrow(() -> new IllegalArgumentException("There is no policy '" + policy + "'. Policies: "
                        + Arrays.stream(Policy.values()).map(Policy::label).collect(Collectors.joining(", ")) + "."));
        Map<Policy, Severity> more = new EnumMap<>(Policy.class);
        more.putAll(severities);
        more.remove(known);
        if (!severity.equals(OFF)) {
            more.put(
                    known,
                    Arrays.stream(Severity.values())
                            .filter(s -> s.label().equals(severity))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("The policy " + policy
                                    + " is error, warning, info or off, not '" + severity + "'.")));
        }
        return new PolicySettings(more);
    }

    /** How much a breach matters; empty where the policy is off. */
    Optional<Severity> of(Policy policy) {
        return Optional.ofNullable(severities.get(policy));
    }

    /** Whether a policy holds. */
    boolean holds(Policy policy) {
        return severities.containsKey(policy);
    }
}
