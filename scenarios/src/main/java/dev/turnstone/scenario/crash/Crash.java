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
 * Cuts the connection around each statement of a revision without a transaction, and around the commit of a revision
 * with one. The next upgrade must then continue and end in the same state as an undisturbed upgrade.
 *
 * <p>On PostgreSQL the session is terminated. On SQLite a crash image is upgraded: a copy of the files as another
 * process finds them at that moment.
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

    /** Cuts one revision at every place where a cut can matter, and reports the state after the next upgrade. */
    interface CutRevision extends AutoCloseable {

        /** Returns the observer of the database on which the revision is applied undisturbed. */
        ObservedDatabase.StatementObserver watch();

        /**
         * Called before the revision is applied undisturbed.
         *
         * @param undisturbed the cursor that applies the revision
         */
        void begins(MigrationCursor undisturbed);

        /** Called if the undisturbed upgrade failed. */
        void fails();

        /**
         * Called after the undisturbed upgrade succeeded; cuts the revision and upgrades again.
         *
         * @param revision the revision with the result of the undisturbed upgrade
         * @param findings receives the result of each cut
         */
        void cut(Undisturbed revision, CrashFindings findings);

        public @Override void close();
    }

    /**
     * One revision that was applied undisturbed.
     *
     * @param place the number of revisions before it in the order of application
     * @param revision the revision
     * @param attempt the result of the upgrade
     * @param before the database before the upgrade
     * @param after the database after the upgrade
     * @param version the version rows after the upgrade
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
            // Closes in the reverse order of creation: shared resources belong to the first cursor.
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
