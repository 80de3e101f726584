package dev.turnstone.scenario;

import dev.turnstone.revision.RevisionId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One step of a scenario that can be run by itself: it first brings its database to where it begins.
 *
 * @param revision the revision that it looks at, or null where it looks at the whole history
 * @param title what it looks at, for a person: {@code c41d7be0a2f5 give jobs a priority}
 * @param body does the work
 */
public record Check(@Nullable RevisionId revision, String title, Supplier<Outcome> body) {

    /** Runs the check, on the thread of the other checks of its run. */
    public Outcome run() {
        return body.get();
    }
}
