package dev.turnstone.scenario.crash;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.Check;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.Scenario;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.ScenarioRun;
import dev.turnstone.scenario.cursor.CursorRun;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.scenario.cursor.MigrationCursor.Attempt;
import dev.turnstone.scenario.cursor.ObservedDatabase;
import dev.turnstone.scenario.cursor.Reporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The connection is cut around each statement of a revision that has no transaction, and around the commit of one that
 * has; the next upgrade then goes on, and ends where an undisturbed one ends.
 *
 * <p>On PostgreSQL the session is terminated. On SQLite a crash image is upgraded: the files as another process finds them
 * at that moment.
 */
public final class Crash implements Scenario {

    @Override
    public String name() {
        return "crash";
    }

    @Override
    public String proves() {
        return "After a crash within a revision, the next upgrade reaches the schema and rows of "
                + "an undisturbed upgrade.";
    }

    @Override
    public boolean isDefault() {
        return false;
    }

    @Override
    public ScenarioRun on(ScenarioContext context) {
        CutRevision cuts =
                context.dialect().storesDatabaseInFile() ? new CrashImages(context) : new TerminatedSessions(context);
        return new Run(this, context, cuts);
    }

    /** Cuts one revision wherever that can matter, and sees where the next upgrade ends. */
    interface CutRevision extends AutoCloseable {

        /** Looks on while the revision is applied undisturbed. */
        ObservedDatabase.StatementObserver watch();

        /** The revision is about to be applied undisturbed, on that database. */
        void begins(MigrationCursor undisturbed);

        /** It was not applied after all. */
        void fails();

        /** It has been applied; does the rest. */
        void cut(Undisturbed revision, CrashFindings findings);

        public @Override void close();
    }

    /**
     * One revision, applied undisturbed.
     *
     * @param place how many revisions come before it
     * @param attempt what it came to
     * @param before the database before it
     * @param after the database after it
     * @param version the version rows after it
     */
    record Undisturbed(
            int place,
            Revision revision,
            Attempt attempt,
            DatabaseState before,
            DatabaseState after,
            Set<RevisionId> version) {}

    private static final class Run extends CursorRun {

        private final CutRevision cuts;
        private final UncertainRows uncertain;

        Run(Scenario scenario, ScenarioContext context, CutRevision cuts) {
            super(scenario, context, database -> new ObservedDatabase(database, cuts.watch()));
            this.cuts = cuts;
            this.uncertain = new UncertainRows(context);
        }

        @Override
        public List<Check> checks() {
            List<Revision> revisions = walk().revisions();
            List<Check> checks = new ArrayList<>();
            for (int i = 0; i < revisions.size(); i++) {
                int place = i;
                Revision revision = revisions.get(i);
                checks.add(check(revision.id(), title(revision), reporter -> oneRevision(place, revision, reporter)));
            }
            return checks;
        }

        private void oneRevision(int place, Revision revision, Reporter reporter) {
            walk().moveTo(place);
            DatabaseState before = walk().state();
            cuts.begins(walk());
            Attempt attempt = walk().up(revision.id());
            if (attempt.failure() != null) {
                cuts.fails();
                reporter.upFails(revision, attempt.failure());
                walk().markDiverged();
                return;
            }
            Undisturbed undisturbed =
                    new Undisturbed(place, revision, attempt, before, walk().state(), walk().current());
            CrashFindings findings = new CrashFindings(undisturbed, uncertain);
            cuts.cut(undisturbed, findings);
            findings.tell(reporter);
        }

        @Override
        public void close() {
            // The other way round than they were made: what they share belongs to the first.
            try {
                uncertain.close();
            } finally {
                try {
                    cuts.close();
                } finally {
                    super.close();
                }
            }
        }
    }
}
