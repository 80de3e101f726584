package dev.turnstone.junit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the faster of two alternatives from measured times. No single measurement decides permanently: a shorter time
 * replaces the estimate at once, a longer one by half, and the slower alternative is tried again from time to time, for at
 * most a tenth of the time that the faster one has taken since. Not thread-safe.
 */
final class FasterAlternative {

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

    /** Records how long the first alternative took. */
    void tookFirst(Duration time) {
        first.note(time, second);
    }

    /** Records how long the second alternative took. */
    void tookSecond(Duration time) {
        second.note(time, first);
    }

    /** Returns the estimated time of the first alternative; zero if it was not measured. */
    Duration likelyOfFirst() {
        return first.likely == null ? Duration.ZERO : first.likely;
    }

    /** Returns whether to use the second alternative next: it is faster, not yet measured, or due for another trial. */
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
