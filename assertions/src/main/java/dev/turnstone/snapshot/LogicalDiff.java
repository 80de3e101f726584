package dev.turnstone.snapshot;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What two schemas do not have in common by meaning. Immutable.
 *
 * @param differences sorted by object; those without counterpart too
 * @param excepted differences that the rules allow
 * @param unused exceptions of the rules that nothing needed
 */
public record LogicalDiff(
        List<LogicalDifference> differences, List<Excepted> excepted, List<LogicalRules.Except> unused) {

    /** A difference that is allowed, and by which exception. */
    public record Excepted(LogicalDifference difference, LogicalRules.Except by) {}

    public LogicalDiff {
        differences = List.copyOf(differences);
        excepted = List.copyOf(excepted);
        unused = List.copyOf(unused);
    }

    /** Whether both schemas mean the same; what has no counterpart does not count. */
    public boolean meansTheSame() {
        return faults().isEmpty();
    }

    /** What is missing or differs. */
    public List<LogicalDifference> faults() {
        return differences.stream().filter(LogicalDifference::isFault).toList();
    }

    /** Each difference on a line of its own. */
    @Override
    public String toString() {
        return differences.stream().map(LogicalDifference::toString).collect(Collectors.joining("\n"));
    }
}
