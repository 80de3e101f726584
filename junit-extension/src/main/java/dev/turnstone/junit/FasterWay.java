package dev.turnstone.junit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which of two ways to the same end takes less time, by going them. Neither a single short time nor a single long
 * one decides for good: a shorter time is believed at once, a longer one by half, and the slower way is tried again now and
 * then, for at most a tenth of the time that the faster one takes meanwhile. Not thread-safe.
 */
final class FasterWay {

    private static final int SHARE_OF_TRIALS = 10;

    private final Way first = new Way();
    private final Way second = new Way();

    private static final class Way {
        private @Nullable Duration likely;
        private Duration sinceOther = Duration.ZERO;

        void note(Duration time, Way other) {
            likely = likely == null || time.compareTo(likely) < 0
                    ? time
                    : likely.plus(time).dividedBy(2);
            sinceOther = sinceOther.plus(time);
            other.sinceOther = Duration.ZERO;
        }
    }

    /** Notes how long the first way took. */
    void tookFirst(Duration time) {
        first.note(time, second);
    }

    /** Notes how long the second way took. */
    void tookSecond(Duration time) {
        second.note(time, first);
    }

    /** How long the first way is likely to take; zero where it was not gone. */
    Duration likelyOfFirst() {
        return first.likely == null ? Duration.ZERO : first.likely;
    }

    /** Whether the second way is to be gone next: because it is faster, not known yet, or due for a trial. */
    boolean isSecondNext() {
        if (second.likely == null || first.likely == null) {
            return second.likely == null;
        }
        return second.likely.compareTo(first.likely) <= 0
                ? !isDue(first.likely, second.sinceOther)
                : isDue(second.likely, first.sinceOther);
    }

    private static boolean isDue(Duration trial, Duration spent) {
        return spent.compareTo(trial.multipliedBy(SHARE_OF_TRIALS)) >= 0;
    }
}
