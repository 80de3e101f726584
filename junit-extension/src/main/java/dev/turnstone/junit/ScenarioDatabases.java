package dev.turnstone.junit;

import dev.turnstone.database.Keep;
import dev.turnstone.database.TestDatabase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** The databases that a scenario has created, so that they can be kept after a failed check. Thread-safe. */
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

    /** Keeps the existing databases if the user configured that. */
    void keep(String title) {
        if (keep == Keep.FAILED) {
            made.forEach(database -> database.keep(title));
        }
    }

    /** Checks, after all are closed, that nothing outside them was changed. */
    void requireIsolation() {
        made.forEach(TestDatabase::requireIsolation);
    }
}
