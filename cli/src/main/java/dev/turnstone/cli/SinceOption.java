package dev.turnstone.cli;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.report.HistoryReport;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.Finding;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.Outcome;
import dev.turnstone.scenario.Policy;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioOptions;
import dev.turnstone.scenario.Severity;
import dev.turnstone.scenario.Skipped;
import dev.turnstone.scenario.policy.Policies;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.source.Format;
import dev.turnstone.source.Scripts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a reference of git says of a history: which revisions are new since then, and which were edited. */
final class SinceOption {

    @Option(
            names = "--since",
            paramLabel = "GIT-REF",
            description = "Look only at revisions that the directory did not hold at this commit, branch or tag, and"
                    + " report those that it held and that are not what they were.")
    private @Nullable String since;

    /** What each history was at the reference; empty without one. */
    private final Map<Scripts, HistoryAtReference> earlier = new HashMap<>();

    /**
     * Reads what a history was, where a reference is given.
     *
     * @throws BadOptionException when git cannot tell
     */
    void read(Scripts scripts, Path directory, Format format, Map<String, String> placeholders) {
        if (since != null) {
            earlier.put(scripts, HistoryAtReference.read(directory, since, format, placeholders));
        }
    }

    /** Why a check is not run: it is about a revision that was there already. */
    Optional<String> skipReason(Check check, ScenarioContext context) {
        RevisionId revision = check.revision();
        return revision != null
                        && earlier.entrySet().stream()
                                .anyMatch(entry ->
                                        entry.getKey().graph() == context.tool().graph()
                                                && entry.getValue().has(revision))
                ? Optional.of("It was there at " + since + " already (--since).")
                : Optional.empty();
    }

    /**
     * What was applied somewhere since the reference is not to be changed: the databases that have it do not follow.
     * Findings about that belong to the policies, whatever scenarios run.
     *
     * @param options of each dialect
     */
    List<HistoryReport.Result> edited(Map<Dialect, Scripts> histories, Map<Dialect, ScenarioOptions> options) {
        List<HistoryReport.Result> results = new ArrayList<>();
        earlier.forEach((scripts, before) -> {
            List<Dialect> on = histories.entrySet().stream()
                    .filter(history -> history.getValue() == scripts)
                    .map(Map.Entry::getKey)
                    .toList();
            String dialect = on.size() > 1 ? Scenario.BOTH : on.get(0).name();
            Edited edited = new Edited(dialect, options.getOrDefault(on.get(0), ScenarioOptions.DEFAULT));
            before.editedIn(scripts)
                    .forEach(revision -> edited.add(
                            revision.id(), "is not what it was at " + since + ": " + revision.origin() + "."));
            before.goneFrom(scripts).forEach(id -> edited.add(id, "was there at " + since + " and is gone."));
            results.add(new HistoryReport.Result(
                    Policies.NAME,
                    dialect,
                    on.stream().map(Dialect::title).collect(Collectors.joining("; ")),
                    "since " + since,
                    new Outcome(edited.findings, edited.skipped),
                    Duration.ZERO));
        });
        return results;
    }

    /** Collects what was edited in one history. */
    private static final class Edited {

        private final String dialect;
        private final ScenarioOptions options;
        private final List<Finding> findings = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();

        Edited(String dialect, ScenarioOptions options) {
            this.dialect = dialect;
            this.options = options;
        }

        void add(RevisionId id, String what) {
            Optional<Severity> severity = options.policies().of(Policy.EDITED, FindingClass.EDITED.severity());
            Optional<String> skips = options.selected().skips(id);
            if (severity.isPresent() && skips.isPresent()) {
                skipped.add(new Skipped(Policies.NAME, dialect, id, skips.get()));
            } else if (severity.isPresent()) {
                findings.add(new Finding(
                        Policies.NAME,
                        dialect,
                        id,
                        FindingClass.EDITED,
                        ObjectId.of(ObjectKind.REVISION, id.value()),
                        severity.get(),
                        "Revision " + id + " " + what,
                        "Restore it as it was, and put the change into a new revision: a database that has it does not"
                                + " run it again."));
            }
        }
    }
}
