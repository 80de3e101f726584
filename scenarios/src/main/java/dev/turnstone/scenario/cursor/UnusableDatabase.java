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
 * A database that a history has left in a state in which it cannot be used: damaged, locked, or with objects that do not
 * end. That is a finding, and the run goes on.
 *
 * @param revision the revision after which it was noticed
 */
public record UnusableDatabase(Revision revision) {

    private static final Logger LOG = LoggerFactory.getLogger(UnusableDatabase.class);

    /**
     * Does something with a walk's database.
     *
     * @param about the revision that it is for; null for the one that was applied last
     * @return null if the database can be used; else what was reported
     * @throws TurnstoneException when no other database can be used either, or for any other reason
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

    /** Why what comes after it is not run. */
    String skips() {
        return "Not run: after " + Reporter.words(revision) + " the database cannot be used.";
    }

    /** A failure is the history's if another database can still be made. */
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
