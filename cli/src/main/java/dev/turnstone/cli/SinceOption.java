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

/** The option {@code --since}: finds the revisions that were added or edited since a git reference. */
final class SinceOption {

    @Option(
            names = "--since",
            paramLabel = "GIT-REF",
            description = "Check only revisions that the directory did not contain at this commit, branch or tag, and"
                    + " report older revisions that were edited or deleted since.")
    private @Nullable String since;

    /** The histories at the reference; empty without a reference. */
    private final Map<Scripts, HistoryAtReference> earlier = new HashMap<>();

    /**
     * Reads a history at the reference. Does nothing without a reference.
     *
     * @throws BadOptionException when git cannot read it
     */
    void read(Scripts scripts, Path directory, Format format, Map<String, String> placeholders) {
        if (since != null) {
            earlier.put(scripts, HistoryAtReference.read(directory, since, format, placeholders));
        }
    }

    /** Returns why a check is skipped: its revision existed at the reference. Empty if the check runs. */
    Optional<String> skipReason(Check check, ScenarioContext context) {
        RevisionId revision = check.revision();
        return revision != null
                        && earlier.entrySet().stream()
                                .anyMatch(entry ->
                                        entry.getKey().graph() == context.tool().graph()
                                                && entry.getValue().has(revision))
                ? Optional.of("The revision already existed at " + since + " (--since).")
                : Optional.empty();
    }

    /**
     * Reports revisions that were edited or deleted since the reference. A database that applied one does not get the
     * change. The findings belong to the scenario policies, and are reported whichever scenarios run.
     *
     * @param options the options of each dialect
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
                    .forEach(revision ->
                            edited.add(revision.id(), "was edited since " + since + ": " + revision.origin() + "."));
            before.goneFrom(scripts).forEach(id -> edited.add(id, "existed at " + since + " and was deleted."));
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

    /** Collects the edited and deleted revisions of one history. */
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
                        "Restore the revision, and make the change in a new revision: a database that applied it does not"
                                + " run it again."));
            }
        }
    }
}
