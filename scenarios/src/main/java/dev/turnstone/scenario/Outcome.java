package dev.turnstone.scenario;

import java.util.List;

/**
 * What a check came to.
 *
 * @param findings what was found; empty when all is well
 * @param skipped what was not looked at, wholly or in part
 */
public record Outcome(List<Finding> findings, List<Skipped> skipped) {

    public Outcome {
        findings = List.copyOf(findings);
        skipped = List.copyOf(skipped);
    }

    /** Whether nothing at all was looked at. */
    public boolean isSkipped() {
        return findings.isEmpty() && !skipped.isEmpty();
    }
}
