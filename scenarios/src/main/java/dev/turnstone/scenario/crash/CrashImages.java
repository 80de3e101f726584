package dev.turnstone.scenario.crash;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.scenario.DatabaseState;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.crash.Crash.Undisturbed;
import dev.turnstone.scenario.crash.CrashFindings.Cut;
import dev.turnstone.scenario.cursor.LastingStatements;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.scenario.cursor.ObservedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts revisions on SQLite. While the undisturbed run waits before each statement with a permanent effect, an image of
 * the files that a crash would leave is taken. Later each image is upgraded. Not thread-safe.
 */
final class CrashImages implements Crash.CutRevision {

    private final ScenarioContext context;
    private final List<Image> images = new ArrayList<>();
    private final Taking watch = new Taking();
    private @Nullable MigrationCursor undisturbed;

    /** A database in the state in which a crash leaves it. */
    private record Image(Cut cut, TestDatabase database) {}

    CrashImages(ScenarioContext context) {
        this.context = context;
    }

    private final class Taking implements ObservedDatabase.StatementObserver {

        private LastingStatements statements = new LastingStatements();
        private @Nullable String last;

        /** Limits the page cache to one page, so that the changes of a transaction reach the file before the commit. */
        @Override
        public void opened(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA cache_size=1");
            }
            statements = new LastingStatements();
        }

        @Override
        public void before(Connection connection, String sql) {
            if (statements.lasts(sql) && undisturbed != null) {
                take();
                last = sql;
            }
        }

        void take() {
            if (undisturbed != null) {
                images.add(new Image(new Cut(last, null), context.databases().crashImageOf(undisturbed.database())));
            }
        }
    }

    @Override
    public ObservedDatabase.StatementObserver watch() {
        return watch;
    }

    @Override
    public void begins(MigrationCursor walk) {
        undisturbed = walk;
        watch.last = null;
    }

    @Override
    public void fails() {
        undisturbed = null;
        drop();
    }

    @Override
    public void cut(Undisturbed revision, CrashFindings findings) {
        watch.take();
        undisturbed = null;
        try {
            images.forEach(image -> upgrade(image, revision, findings));
        } finally {
            drop();
        }
    }

    private void upgrade(Image image, Undisturbed revision, CrashFindings findings) {
        try (MigrationCursor walk = MigrationCursor.from(context, image.database(), revision.place())) {
            DatabaseState left = walk.state();
            MigrationCursor.Attempt again =
                    walk.upUnlessThere(revision.revision().id());
            if (again.failure() == null) {
                findings.endsAt(image.cut(), walk.state(), walk.current());
            } else {
                findings.cannotGoOn(image.cut(), left, again.failure());
            }
        }
    }

    private void drop() {
        images.forEach(image -> image.database().close());
        images.clear();
    }

    @Override
    public void close() {
        drop();
    }
}
