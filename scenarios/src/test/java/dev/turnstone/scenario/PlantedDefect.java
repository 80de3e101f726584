package dev.turnstone.scenario;

import dev.turnstone.source.Format;
import java.nio.file.Path;
import java.util.List;

/**
 * A defect in a small history, what must be found, and the same history corrected, in which nothing is.
 *
 * @param formats the formats that it is written down in
 * @param circumstances what else the scenario meets
 * @param findings each {@code REVISION CLASS KIND NAME SEVERITY}, the one that the defect is planted for first; {@code
 *     error|warning} is an error in our own format and a warning in others
 */
public record PlantedDefect(
        String name,
        List<String> dialects,
        List<Format> formats,
        String scenario,
        History history,
        History corrected,
        Circumstances circumstances,
        List<String> findings) {

    static final List<String> BOTH = List.of("sqlite", "postgresql");
    /** Both at once, for a scenario that compares them. */
    static final List<String> COMPARED = List.of("both");

    static final List<String> SQLITE = List.of("sqlite");
    static final List<String> POSTGRESQL = List.of("postgresql");

    /** Puts what is not in the history around it: options, files, a tool that errs. */
    public interface Circumstances {

        /**
         * Gives the context that the scenario runs in.
         *
         * @param plain the history on a dialect, with nothing decided
         * @param planted whether it is the history with the defect, or the corrected one
         * @param directory a new one for files
         */
        ScenarioContext around(ScenarioContext plain, boolean planted, Path directory);

        /** The same with other options. */
        static ScenarioContext with(ScenarioOptions options, ScenarioContext plain) {
            return new ScenarioContext(plain.tool(), plain.dialect(), plain.databases(), options);
        }
    }

    static PlantedDefect of(
            String name,
            List<String> dialects,
            String scenario,
            String history,
            String correction,
            String... findings) {
        History planted = History.of(history);
        return new PlantedDefect(
                name,
                dialects,
                List.of(Format.TURNSTONE, Format.GOLANG_MIGRATE),
                scenario,
                planted,
                correction.isEmpty() ? planted : planted.with(correction),
                (plain, isPlanted, directory) -> plain,
                List.of(findings));
    }

    /** The same, written down in our own format only. */
    PlantedDefect inOwnFormat() {
        return new PlantedDefect(
                name, dialects, List.of(Format.TURNSTONE), scenario, history, corrected, circumstances, findings);
    }

    /** The same, with parts of both of its histories replaced. */
    PlantedDefect with(String parts) {
        return new PlantedDefect(
                name, dialects, formats, scenario, history.with(parts), corrected.with(parts), circumstances, findings);
    }

    PlantedDefect under(Circumstances others) {
        return new PlantedDefect(name, dialects, formats, scenario, history, corrected, others, findings);
    }

    List<String> findings(Format format) {
        return findings.stream()
                .map(f -> f.replaceFirst("(\\w+)\\|(\\w+)$", format == Format.TURNSTONE ? "$1" : "$2"))
                .toList();
    }
}
