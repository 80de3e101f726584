package dev.turnstone.scenario.cursor;

import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.DamagedCatalogException;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.execution.VersionRowException;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.StepOutOfOrderException;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.TimeOutException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that cannot be used after a revision: it is damaged or locked, or evaluating one of its objects does not
 * end. The scenario reports this as a finding, and the run continues.
 *
 * @param revision the revision after which the database could not be used
 */
public record UnusableDatabase(Revision revision) {

    private static final Logger LOG = LoggerFactory.getLogger(UnusableDatabase.class);

    /**
     * Runs code that uses the database of a cursor, and adds a finding if the database cannot be used.
     *
     * @param walk the cursor; marked as diverged if its database cannot be used
     * @param context creates another database, to find out whether the cause is the history
     * @param about the revision that the code is for; null for the revision that was applied last
     * @param reporter receives the finding
     * @param work the code
     * @return null if the database can be used; otherwise the database that was reported
     * @throws TurnstoneException if no other database can be created either, or if the code fails for another reason
     */
    public static @Nullable UnusableDatabase in(
            MigrationCursor walk,
            ScenarioContext context,
            @Nullable RevisionId about,
            Reporter reporter,
            Runnable work) {
        try {
            work.run();
            return null;
        } catch (DatabaseException
                | DamagedCatalogException
                | TimeOutException
                | VersionRowException
                | StepOutOfOrderException e) {
            requireDatabases(context, e);
            UnusableDatabase unusable = new UnusableDatabase(revision(walk, about));
            reporter.unusable(unusable.revision, e);
            walk.markDiverged();
            return unusable;
        }
    }

    /** Returns why the later checks do not run. */
    String skips() {
        return "Not run: after " + Reporter.words(revision) + " the database cannot be used.";
    }

    /**
     * Throws the failure if no other database can be created. The history is the cause only if another database can be
     * created.
     */
    private static void requireDatabases(ScenarioContext context, TurnstoneException failure) {
        try (TestDatabase another = context.databases().create(context.dialect(), Isolation.SCHEMA)) {
            LOG.debug("{} can be made; the database under test cannot be used.", another.describe(), failure);
        } catch (TurnstoneException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private static Revision revision(MigrationCursor walk, @Nullable RevisionId about) {
        List<Revision> revisions = walk.revisions();
        return revisions.stream()
                .filter(revision -> revision.id().equals(about))
                .findFirst()
                .orElseGet(() -> revisions.get(Math.max(0, Math.min(walk.applied(), revisions.size()) - 1)));
    }
}
