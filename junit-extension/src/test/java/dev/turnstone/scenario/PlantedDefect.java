package dev.turnstone.scenario;

import dev.turnstone.source.Format;
import java.util.List;

/**
 * A defect in a small history, what must be found, and the same history corrected, in which nothing is.
 *
 * @param findings each {@code REVISION CLASS KIND NAME SEVERITY}; {@code error|warning} is an error in our own format and
 *     a warning in others
 */
record PlantedDefect(
        String name,
        List<String> dialects,
        String scenario,
        History history,
        History corrected,
        List<String> findings) {

    static final List<String> BOTH = List.of("sqlite", "postgresql");
    /** Both at once, for a scenario that compares them. */
    static final List<String> COMPARED = List.of("both");

    static final List<String> SQLITE = List.of("sqlite");
    static final List<String> POSTGRESQL = List.of("postgresql");

    static PlantedDefect of(
            String name,
            List<String> dialects,
            String scenario,
            String history,
            String correction,
            String... findings) {
        History planted = History.of(history);
        return new PlantedDefect(name, dialects, scenario, planted, planted.with(correction), List.of(findings));
    }

    List<String> findings(Format format) {
        return findings.stream()
                .map(f -> f.replaceFirst("(\\w+)\\|(\\w+)$", format == Format.TURNSTONE ? "$1" : "$2"))
                .toList();
    }
}
