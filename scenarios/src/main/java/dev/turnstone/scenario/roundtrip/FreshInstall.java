package dev.turnstone.scenario.roundtrip;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.KeptSnapshots;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.cursor.Reporter;
import dev.turnstone.schema.Difference;
import dev.turnstone.snapshot.SchemaSnapshot;
import dev.turnstone.snapshot.SnapshotCheck;
import dev.turnstone.snapshot.SnapshotFile;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the history migrates an empty database to its head, with the schema of the snapshot file if one is kept.
 */
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

    private static final class Run extends CursorRun {

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
            walk().moveTo(0);
            KeptSnapshots kept = context().options().snapshots();
            boolean installed = true;
            for (Revision revision : walk().revisions()) {
                installed &= up(reporter, revision);
                if (kept != null && kept.ofEachRevision() && installed) {
                    compare(kept, revision, reporter);
                }
            }
            if (kept != null && !kept.ofEachRevision() && !reporter.hasErrors()) {
                compare(kept, null, reporter);
            }
            if (!reporter.hasErrors()) {
                walk().requireReadable();
            }
        }

        /**
         * Compares the current schema with the snapshot file.
         *
         * @param revision the revision that the snapshot file belongs to; null for the whole history
         */
        private void compare(KeptSnapshots kept, @Nullable Revision revision, Reporter reporter) {
            RevisionId id = revision == null ? null : revision.id();
            String dialect = context().dialect().name();
            SnapshotFile file = kept.file(id, dialect);
            SnapshotCheck check = kept.check(
                            id, new SchemaSnapshot(dialect, walk().state().schema()))
                    .orElse(new SnapshotCheck.Same());
            String rewrite = kept.howToWrite() + ", look at what changed in the file, and commit it.";
            if (check instanceof SnapshotCheck.Missing) {
                aboutFile(reporter, revision, file, "There is no snapshot " + file + ".", rewrite);
            } else if (check instanceof SnapshotCheck.OtherDialect other) {
                aboutFile(
                        reporter,
                        revision,
                        file,
                        "The snapshot " + file + " is of " + other.expected() + ", and this is " + dialect + ".",
                        rewrite);
            } else if (check instanceof SnapshotCheck.Different different) {
                String what = revision == null ? "A fresh install" : Reporter.words(revision);
                for (Difference difference : different.difference().differences()) {
                    reporter.aboutDifference(
                            FindingClass.SNAPSHOT_DIFFERS,
                            id,
                            difference,
                            what + " on " + context().dialect().title() + " differs from the snapshot " + file + ":\n  "
                                    + difference,
                            "Where the history is right: " + rewrite);
                }
            }
        }

        private static void aboutFile(
                Reporter reporter, @Nullable Revision revision, SnapshotFile file, String message, String remedy) {
            if (revision == null) {
                reporter.aboutHistory(
                        FindingClass.SNAPSHOT_DIFFERS, file.path().getFileName().toString(), message, remedy);
            } else {
                reporter.aboutRevision(FindingClass.SNAPSHOT_DIFFERS, revision, message, remedy);
            }
        }
    }
}
