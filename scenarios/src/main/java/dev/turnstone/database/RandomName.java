package dev.turnstone.database;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Generates unique names: {@code turnstone_<process id>_<counter>_<random>}, in lower case. */
final class RandomName {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final int RADIX = 36;

    private RandomName() {}

    static String next() {
        return "turnstone_" + Long.toString(ProcessHandle.current().pid(), RADIX) + "_"
                + Integer.toString(COUNTER.incrementAndGet(), RADIX) + "_"
                + Long.toString(RANDOM.nextLong() >>> 12, RADIX);
    }
}
