package dev.turnstone.scenario.crash;

import dev.turnstone.revision.RevisionId;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.crash.Crash.Undisturbed;
import dev.turnstone.scenario.crash.CrashFindings.Cut;
import dev.turnstone.scenario.cursor.LastingStatements;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.scenario.cursor.ObservedDatabase;
import dev.turnstone.source.Downgrade;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts revisions on PostgreSQL. A second database is migrated to each revision, and the session on it is terminated
 * once for each statement with a permanent effect. Between two cuts the revision is reverted. If that does not restore
 * exactly the previous state, the cursor restarts. Not thread-safe.
 */
final class TerminatedSessions implements Crash.CutRevision {

    private static final Pattern BUILDS_CONCURRENTLY = Pattern.compile(
            "^(CREATE\\s+(UNIQUE\\s+)?INDEX|REINDEX)\\b.*\\bCONCURRENTLY\\b.*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final ScenarioContext context;
    private final List<String> lasting = new ArrayList<>();
    private final Noting watch = new Noting();
    private final Termination termination;
    private final MigrationCursor walk;

    TerminatedSessions(ScenarioContext context) {
        this.context = context;
        this.termination = new Termination();
        this.walk = new MigrationCursor(context, database -> new ObservedDatabase(database, termination.on(database)));
    }

    /** Records the statements of the undisturbed run that have a permanent effect. */
    private final class Noting implements ObservedDatabase.StatementObserver {
        private LastingStatements statements = new LastingStatements();

        @Override
        public void opened(Connection connection) {
            statements = new LastingStatements();
        }

        @Override
        public void before(Connection connection, String sql) {
            if (statements.lasts(sql)) {
                lasting.add(sql);
            }
        }
    }

    @Override
    public ObservedDatabase.StatementObserver watch() {
        return watch;
    }

    @Override
    public void begins(MigrationCursor undisturbed) {
        lasting.clear();
    }

    @Override
    public void fails() {
        lasting.clear();
    }

    @Override
    public void cut(Undisturbed revision, CrashFindings findings) {
        List<String> statements = List.copyOf(lasting);
        if (statements.size() == 1) {
            aroundCommit(revision, findings);
            return;
        }
        for (int i = 0; i <= statements.size(); i++) {
            String last = i == 0 ? null : statements.get(i - 1);
            int place = i;
            cutAndGoOn(
                    new Cut(last, null), () -> termination.beforeOrAfter(place, statements.size()), revision, findings);
            if (i < statements.size()
                    && BUILDS_CONCURRENTLY.matcher(statements.get(i)).matches()) {
                cutAndGoOn(new Cut(last, statements.get(i)), () -> termination.within(place), revision, findings);
            }
        }
    }

    /**
     * Cuts before and after the only statement with a permanent effect, usually the commit. The first cut leaves
     * nothing, so the second cut follows without a restart.
     */
    private void aroundCommit(Undisturbed revision, CrashFindings findings) {
        RevisionId id = revision.revision().id();
        walk.moveTo(revision.place());
        termination.beforeOrAfter(0, 1);
        walk.cut(id);
        if (!termination.end()) {
            return;
        }
        termination.beforeOrAfter(1, 1);
        walk.cut(id);
        goOn(new Cut(termination.end() ? "COMMIT" : null, null), revision, findings);
    }

    private void cutAndGoOn(Cut cut, Runnable arm, Undisturbed revision, CrashFindings findings) {
        walk.moveTo(revision.place());
        arm.run();
        walk.cut(revision.revision().id());
        if (!termination.end()) {
            walk.markDiverged();
            return;
        }
        if (goOn(cut, revision, findings)) {
            takeBack(revision);
        }
    }

    private boolean goOn(Cut cut, Undisturbed revision, CrashFindings findings) {
        DatabaseState left = walk.state();
        MigrationCursor.Attempt again = walk.upUnlessThere(revision.revision().id());
        if (again.failure() != null) {
            findings.cannotGoOn(cut, left, again.failure());
            walk.markDiverged();
            return false;
        }
        boolean same = findings.endsAt(cut, walk.state(), walk.current());
        if (!same) {
            walk.markDiverged();
        }
        return same;
    }

    private void takeBack(Undisturbed revision) {
        RevisionId id = revision.revision().id();
        boolean canGoDown = context.tool().downgrade(id, context.dialect()) instanceof Downgrade.Defined;
        if (!canGoDown
                || walk.back(id).failure() != null
                || !revision.before().differencesTo(walk.state()).isEmpty()) {
            walk.markDiverged();
        }
    }

    @Override
    public void close() {
        try {
            walk.close();
        } finally {
            termination.close();
        }
    }
}
