package dev.turnstone.snapshot;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The differences in meaning between two schemas. Immutable.
 *
 * @param differences sorted by object, including objects without a counterpart
 * @param excepted differences that the rules allow
 * @param unused exceptions of the rules that covered no difference
 */
public record LogicalDiff(
        List<LogicalDifference> differences, List<Excepted> excepted, List<LogicalRules.Except> unused) {

    /** A difference that the rules allow, and the exception that covers it. */
    public record Excepted(LogicalDifference difference, LogicalRules.Except by) {}

    public LogicalDiff {
        differences = List.copyOf(differences);
        excepted = List.copyOf(excepted);
        unused = List.copyOf(unused);
    }

    /** Returns whether both schemas have the same meaning. Objects without a counterpart are ignored. */
    public boolean meansTheSame() {
        return faults().isEmpty();
    }

    /** Returns the missing and differing objects. */
    public List<LogicalDifference> faults() {
        return differences.stream().filter(LogicalDifference::isFault).toList();
    }

    /** Returns one line for each difference. */
    @Override
    public String toString() {
        return differences.stream().map(LogicalDifference::toString).collect(Collectors.joining("\n"));
    }
}
