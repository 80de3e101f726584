package dev.turnstone.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Verifies that processor time grows no faster than its input. Compares two sizes with each other, so that the speed of
 * the machine makes no difference.
 */
public final class LinearTime {

    private static final int SMALL = 2_000;
    private static final int FACTOR = 10;

    /** How much more than linear is still accepted: a quadratic method needs 100 times the time. */
    private static final int TOLERANCE = 3;

    private static final long NOISE_NANOS = 50_000_000;
    private static final int ATTEMPTS = 4;

    private LinearTime() {}

    /**
     * Gives a method a small input and one that is ten times as large.
     *
     * @param input the input of a size
     * @throws AssertionError if the large input needs more than 30 times the processor time of the small one, each time
     */
    public static void assertOf(IntFunction<String> input, Consumer<String> method) {
        String small = input.apply(SMALL);
        String large = input.apply(SMALL * FACTOR);
        long ofSmall = 0;
        long ofLarge = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && isMoreThanLinear(ofSmall, ofLarge); i++) {
            ofSmall = Math.max(ofSmall, nanos(small, method));
            ofLarge = Math.min(ofLarge, nanos(large, method));
        }
        assertThat(isMoreThanLinear(ofSmall, ofLarge))
                .as("%d ns for size %d, %d ns for size %d", ofSmall, SMALL, ofLarge, SMALL * FACTOR)
                .isFalse();
    }

    private static boolean isMoreThanLinear(long ofSmall, long ofLarge) {
        return ofLarge - NOISE_NANOS > TOLERANCE * FACTOR * ofSmall;
    }

    private static long nanos(String input, Consumer<String> method) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        method.accept(input);
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    }
}
