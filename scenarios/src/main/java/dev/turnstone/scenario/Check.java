package dev.turnstone.scenario;

import dev.turnstone.revision.RevisionId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One part of a scenario. It can run by itself, because it first moves its database to the revision at which it starts.
 *
 * @param revision the revision that it checks, or null if it checks the whole history
 * @param title a title for people, such as {@code c41d7be0a2f5 give jobs a priority}
 * @param body runs the check
 */
public record Check(@Nullable RevisionId revision, String title, Supplier<Outcome> body) {

    /** Runs the check. All checks of a run must be run on the same thread. */
    public Outcome run() {
        return body.get();
    }
}
