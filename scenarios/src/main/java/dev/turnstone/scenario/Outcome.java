package dev.turnstone.scenario;

import java.util.List;

/**
 * The result of a check.
 *
 * @param findings the findings; empty if the check found no defect
 * @param skipped the parts that were not checked, with their reasons
 */
public record Outcome(List<Finding> findings, List<Skipped> skipped) {

    public Outcome {
        findings = List.copyOf(findings);
        skipped = List.copyOf(skipped);
    }

    /** Returns whether the check was skipped as a whole and found nothing. */
    public boolean isSkipped() {
        return findings.isEmpty() && !skipped.isEmpty();
    }
}
