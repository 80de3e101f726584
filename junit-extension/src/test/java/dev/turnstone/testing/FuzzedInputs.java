package dev.turnstone.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Mutated inputs for a parser, and what is demanded of it: it returns, or throws an exception of the expected type, within
 * one second of processor time, and in a time that grows with the length of the input only.
 *
 * <p>{@code -Dturnstone.tries} sets the number of inputs. A failure names the seed of its input: {@code
 * -Dturnstone.seed=SEED -Dturnstone.tries=1} repeats that input alone. The same file is in the tests of each module that
 * has a parser.
 */
public final class FuzzedInputs {

    private static final long SEED = Long.getLong("turnstone.seed", System.nanoTime());
    private static final long MOST_NANOS = 1_000_000_000L;
    private static final int EVERY_REPEATED = 100;
    private static final int ENOUGH_TO_ACCEPT_ONE = 100;

    private static final List<String> TOKENS = List.of(
            "'", "''", "\"", "`", "\\", "\\'", "E'", "$", "$$", "$a$", "${", "${a", "}", "%(", "/*", "*/", "--", "-- ", "\n", "\r",
            "\r\n", "\n\n", " ", "\t", "(", ")", "[", "]", "{", "((((", "]]]]", ";", ";;", ",", ".", ":", "::", "=", "@", "#", "?",
            "&", "%", "%zz", "%00", "/", "//", "\0", "\u0002", "\uFEFF", "\uD800", "\uDC00", "\u00a0", "\u2028", "\u0130", "\u00e9", "0", "-1",
            "99999999999999999999", "1e999999", "BEGIN", "BEGIN ATOMIC", "END", "END;", "CASE", "CREATE TRIGGER t",
            "CREATE FUNCTION f()", "COPY t FROM stdin;", "\\.", "\n\\.\n", "\\connect x", "GO", "null", "true");

    private final String name;
    private final List<String> corpus;
    private final int tries;
    private int accepted;

    /**
     * Takes a corpus.
     *
     * @param name what reads the inputs, for the report
     * @param corpus valid inputs, at least one
     * @param tries how many inputs there are unless {@code -Dturnstone.tries} says otherwise
     */
    public FuzzedInputs(String name, List<String> corpus, int tries) {
        assertThat(corpus).as("corpus of " + name).isNotEmpty();
        this.name = name;
        this.corpus = List.copyOf(corpus);
        this.tries = Integer.getInteger("turnstone.tries", tries);
    }

    /**
     * Feeds all inputs to a parser.
     *
     * @param parser throws nothing but the expected exceptions and {@link AssertionError}
     */
    @SuppressWarnings("SystemOut") // It prints what it checked.
    public void feedTo(Class<? extends RuntimeException> expected, Consumer<String> parser) {
        int checked = 0;
        for (; checked < tries; checked++) {
            long seed = SEED + checked;
            String input = mutated(new Random(seed));
            nanos(seed, input, expected, parser);
            if (checked % EVERY_REPEATED == 0) {
                checkGrowth(seed, input, expected, parser);
            }
        }
        System.out.println("Mutated inputs of " + name + ": " + checked + ", of which " + accepted
                + " were accepted, those of the growth included; -Dturnstone.seed=" + SEED);
        assertThat(checked).isPositive();
        if (checked >= ENOUGH_TO_ACCEPT_ONE) {
            assertThat(accepted).as("accepted inputs of " + name).isPositive();
        }
    }

    private void checkGrowth(
            long seed, String input, Class<? extends RuntimeException> expected, Consumer<String> parser) {
        String ten = input.repeat(10);
        String hundred = input.repeat(100);
        long ofTen = nanos(seed, ten, expected, parser);
        long ofHundred = nanos(seed, hundred, expected, parser);
        for (int again = 0; again < 3 && isMoreThanLinear(ofTen, ofHundred); again++) {
            ofTen = Math.max(ofTen, nanos(seed, ten, expected, parser));
            ofHundred = Math.min(ofHundred, nanos(seed, hundred, expected, parser));
        }
        assertThat(isMoreThanLinear(ofTen, ofHundred))
                .as("%s needs %d ns for 10 times and %d ns for 100 times %s", name, ofTen, ofHundred, shown(seed, input))
                .isFalse();
    }

    private static boolean isMoreThanLinear(long ofTen, long ofHundred) {
        return ofHundred > 30 * ofTen + 50_000_000L;
    }

    private long nanos(long seed, String input, Class<? extends RuntimeException> expected, Consumer<String> parser) {
        @Nullable Throwable failure = null;
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            parser.accept(input);
            accepted++;
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            failure = e;
        }
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        if (failure != null && !expected.isInstance(failure)) {
            throw new AssertionError(name + " fails with " + failure + " on " + shown(seed, input), failure);
        }
        assertThat(nanos).as("%s needs more than a second for %s", name, shown(seed, input)).isLessThan(MOST_NANOS);
        return nanos;
    }

    private static String shown(long seed, String input) {
        StringBuilder shown = new StringBuilder("-Dturnstone.seed=" + seed + " -Dturnstone.tries=1:\n");
        input.chars().limit(2_000).forEach(c -> {
            if (c == '\n' || (c >= ' ' && c < 127)) {
                shown.append((char) c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown.toString();
    }

    private String mutated(Random random) {
        StringBuilder text = new StringBuilder(any(corpus, random));
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            int from = random.nextInt(text.length() + 1);
            int to = from + random.nextInt(Math.min(text.length() - from, 40) + 1);
            switch (random.nextInt(7)) {
                case 0 -> {
                    if (from < text.length()) {
                        text.setCharAt(from, (char) (text.charAt(from) ^ (1 << random.nextInt(8))));
                    }
                }
                case 1 -> text.delete(from, to);
                case 2 -> text.setLength(from);
                case 3 -> text.insert(from, text.substring(from, to).repeat(1 + random.nextInt(5)));
                case 4 -> {
                    String other = any(corpus, random);
                    int begin = random.nextInt(other.length() + 1);
                    text.insert(from, other.substring(begin, begin + random.nextInt(other.length() - begin + 1)));
                }
                default -> text.insert(from, any(TOKENS, random));
            }
        }
        return text.toString();
    }

    private static String any(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
