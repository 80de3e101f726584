package dev.turnstone.junit;

import dev.turnstone.database.Keep;
import dev.turnstone.database.TestDatabase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** The databases that a scenario has made for itself, so that a failed check can leave them behind. */
final class ScenarioDatabases implements Consumer<TestDatabase> {

    private final Keep keep;
    private final Queue<TestDatabase> made = new ConcurrentLinkedQueue<>();

    ScenarioDatabases(Keep keep) {
        this.keep = keep;
    }

    @Override
    public void accept(TestDatabase database) {
        made.add(database);
    }

    /** Leaves those behind that are still there, where the user wants that. */
    void keep(String title) {
        if (keep == Keep.FAILED) {
            made.forEach(database -> database.keep(title));
        }
    }

    /** Says, after all are closed, whether something was changed around them. */
    void requireIsolation() {
        made.forEach(TestDatabase::requireIsolation);
    }
}
