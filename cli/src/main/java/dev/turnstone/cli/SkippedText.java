package dev.turnstone.cli;

import dev.turnstone.scenario.Skipped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Formats skipped checks for the terminal: one line for each reason. */
final class SkippedText {

    private static final int SHOWN = 8;

    private SkippedText() {}

    /** Names the revisions of a reason first, if it has any; the scenarios are in parentheses. */
    static List<String> lines(Collection<Skipped> skipped) {
        Set<String> lines = new LinkedHashSet<>();
        Map<String, List<Skipped>> byReason = new LinkedHashMap<>();
        for (Skipped one : skipped) {
            if (one.revision() == null) {
                lines.add("skipped " + one.scenario() + " (" + one.dialect() + "): " + one.reason());
            } else {
                byReason.computeIfAbsent(one.reason(), reason -> new ArrayList<>())
                        .add(one);
            }
        }
        byReason.forEach((reason, of) -> lines.add("skipped " + revisions(of) + " ("
                + of.stream().map(Skipped::scenario).distinct().collect(Collectors.joining(", ")) + "): " + reason));
        return List.copyOf(lines);
    }

    private static String revisions(List<Skipped> of) {
        List<String> revisions = of.stream()
                .map(Skipped::revision)
                .map(String::valueOf)
                .distinct()
                .toList();
        return revisions.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (revisions.size() > SHOWN ? ", … (" + revisions.size() + ")" : "");
    }
}
