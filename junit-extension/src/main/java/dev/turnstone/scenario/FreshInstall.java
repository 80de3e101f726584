package dev.turnstone.scenario;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An empty database reaches the head of the history. */
public final class FreshInstall implements Scenario {

    @Override
    public String name() {
        return "fresh-install";
    }

    @Override
    public String proves() {
        return "An empty database reaches the head of the history.";
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        return new Run(this, context);
    }

    private static final class Run extends WalkingRun {

        Run(Scenario scenario, ScenarioContext context) {
            super(scenario, context);
        }

        @Override
        public List<Check> checks() {
            return List.of(check(null, headTitle(), this::install));
        }

        private void install(Reporter reporter) {
            Set<RevisionId> heads = context().tool().graph().heads();
            if (heads.size() > 1) {
                reporter.aboutHistory(
                        FindingClass.SEVERAL_HEADS,
                        heads.stream().map(RevisionId::value).sorted().collect(Collectors.joining(", ")),
                        "The history has " + heads.size() + " heads:\n"
                                + heads.stream()
                                        .map(head -> "  " + head + "  "
                                                + context()
                                                        .tool()
                                                        .graph()
                                                        .get(head)
                                                        .message())
                                        .collect(Collectors.joining("\n")),
                        "Create a merge revision with all of them as parents.");
            }
            walk().bringTo(0);
            for (Revision revision : walk().revisions()) {
                up(reporter, revision);
            }
        }
    }
}
